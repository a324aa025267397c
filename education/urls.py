"""Every public page."""

from django.urls import path

from education.views.conditions import ConditionDetail, ConditionList
from education.views.faqs import FAQDetail, FAQList
from education.views.glossary import GlossaryView
from education.views.home import HomeView
from education.views.topics import TopicDetail, TopicList

app_name = "education"

urlpatterns = [
    path("", HomeView.as_view(), name="home"),
    path("topics/", TopicList.as_view(), name="topic-list"),
    path("topics/<slug:slug>/", TopicDetail.as_view(), name="topic-detail"),
    path("conditions/", ConditionList.as_view(), name="condition-list"),
    path("conditions/<slug:slug>/", ConditionDetail.as_view(), name="condition-detail"),
    path("faqs/", FAQList.as_view(), name="faq-list"),
    path("faqs/<slug:slug>/", FAQDetail.as_view(), name="faq-detail"),
    path("glossary/", GlossaryView.as_view(), name="glossary"),
]
