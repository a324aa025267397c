"""Where uploaded pictures are kept: a folder, or storage that several servers share."""

from urllib.parse import parse_qsl, urlsplit

from django.core.exceptions import ImproperlyConfigured

from clinic_site import env

OPTIONS = {"endpoint_url", "region_name"}


def from_environment():
    """Django's storage for uploads by MEDIA_STORAGE: `s3://bucket/folder?endpoint_url=https://…`; without it a folder.

    The keys come from where Amazon's own tools look for them (AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY).
    """
    address = env.text("MEDIA_STORAGE", "")
    if not address:
        return {"BACKEND": "django.core.files.storage.FileSystemStorage"}
    parts, options = urlsplit(address), dict(parse_qsl(urlsplit(address).query))
    if parts.scheme != "s3" or not parts.netloc or parts.username or options.keys() - OPTIONS:
        raise ImproperlyConfigured("MEDIA_STORAGE must be an address such as s3://bucket/folder?endpoint_url=https://host")
    own = {"bucket_name": parts.netloc, "location": parts.path.strip("/"), "file_overwrite": False, "default_acl": None}
    return {"BACKEND": "clinic_site.s3.SharedStorage", "OPTIONS": own | options}
