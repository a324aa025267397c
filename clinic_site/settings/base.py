"""What holds everywhere. Each environment adds its own in a file beside this one."""

from pathlib import Path

from django.urls import reverse_lazy

from clinic_site import cache, database, env, storage

BASE_DIR = Path(__file__).resolve().parent.parent.parent
VAR_DIR = Path(env.text("VAR_DIR", str(BASE_DIR / "var")))
CONTENT_DIR = Path(env.text("CONTENT_DIR", str(BASE_DIR / "content")))

INSTALLED_APPS = [
    "accounts.apps.StaffAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.sitemaps",
    "django.forms",
    "markdownx",
    "education",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "accounts.apps.AccountsConfig",
    "operations.apps.OperationsConfig",
]

MIDDLEWARE = [
    "clinic_site.middleware.CompressionMiddleware",
    "education.views.due.PublishDueMiddleware",
    "education.views.cached.PageCacheMiddleware",
    "clinic_site.middleware.SecurityHeadersMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "clinic_site.limits.RequestLimitsMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "operations.retry.RetryMiddleware",
    "operations.sessions.ReadingSessionMiddleware",
    "clinic_site.middleware.AddressLocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "accounts.middleware.SessionLimitsMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "accounts.middleware.SecondFactorMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "clinic_site.urls"
WSGI_APPLICATION = "clinic_site.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "education.views.context.clinic",
            ],
        },
    },
]

# Widgets are drawn by the project's own templates where it has one (the Markdown editor).
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

DATABASES = {"default": database.from_environment(VAR_DIR)}

# Rendered pages stand in the memory of each process, and with CACHE_URL also in the cache that all share.
CACHES = cache.from_environment()
PAGE_CACHE_BYTES = 16 * 1024 * 1024
PAGE_CACHE_SHARED = bool(env.text("CACHE_URL", ""))

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 15}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {
        "NAME": "accounts.passwords.OwnWordsValidator",
        "OPTIONS": {"words": "alkaline wellness center clinic patient education needling password admin staff".split()},
    },
]

# Staff's logins: twelve hours at the most (accounts.sessions ends idle ones), read by no script. Whether the login asks for
# a second factor, and those who publish or sign off set one up first.
SESSION_COOKIE_AGE = 12 * 60 * 60
CSRF_COOKIE_HTTPONLY = True
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
SECOND_FACTOR = env.boolean("SECOND_FACTOR", default=False)
OTP_TOTP_ISSUER = "Patient education"
LOGIN_REDIRECT_URL = "admin:index"  # where a login leads that was to lead to another site

# So many proxies stand before this server and say in X-Forwarded-For where a request comes from; see education.views.client.
TRUSTED_PROXIES = env.integer("TRUSTED_PROXIES", 0)

# The first language has addresses without a prefix; docs/adr/0011-languages.md says how another one is added.
LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English")]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
TIME_ZONE = "UTC"
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
# The pictures of the guide for staff stand beside its text.
STATICFILES_DIRS = [BASE_DIR / "static", ("guide", BASE_DIR / "docs" / "guide")]
STATICFILES_FINDERS = [
    "clinic_site.finders.StylesheetBundleFinder",
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
]
WHITENOISE_ALLOW_ALL_ORIGINS = False
MEDIA_URL = "/media/"
MEDIA_ROOT = Path(env.text("MEDIA_ROOT", str(VAR_DIR / "media")))
STORAGES = {
    "default": storage.from_environment(),
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}

# Addresses in the sitemap and in robots.txt start with this, never with what a request claims.
SITE_URL = env.base_url("SITE_URL", "http://127.0.0.1:8000")

# Our own views for the editor: markdownx's are open to anyone.
MARKDOWNX_URLS_PATH = reverse_lazy("editor-preview")
MARKDOWNX_UPLOAD_URLS_PATH = reverse_lazy("editor-upload")

# A picture of 10 MB is read from a file on disk; everything else a form sends is far smaller. See also clinic_site.limits.
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_621_440
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1000
DATA_UPLOAD_MAX_NUMBER_FILES = 5

# Without a host `remind_reviews --mail` says so and sends nothing.
EMAIL_HOST = env.text("EMAIL_HOST", "")
EMAIL_PORT = env.integer("EMAIL_PORT", 587, least=1)
EMAIL_HOST_USER = env.text("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = env.text("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = env.boolean("EMAIL_USE_TLS", default=True)
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = env.text("DEFAULT_FROM_EMAIL", "site@localhost")

# Everything goes to stderr: warnings and errors with their traceback, and who published, deleted, logged in or was refused
# (education.publishing.audit). Nobody's address, search words or texts: see clinic_site.logs.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "lines": {"()": "clinic_site.logs.PrivateFormatter", "format": "{asctime} {levelname} {name} {message}", "style": "{"}
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "lines"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {"django": {"level": "INFO"}, "education.audit": {"level": "INFO"}},
}

SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
