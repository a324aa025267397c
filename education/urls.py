"""Every public page."""

from django.urls import path

from education.views import feedback, paper, preview
from education.views.conditions import ConditionDetail, ConditionList
from education.views.faqs import FAQDetail, FAQList
from education.views.glossary import GlossaryView
from education.views.home import HomeView
from education.views.machines import social_picture
from education.views.packets import PacketDetail, PacketList, PacketMaker, PickedPacket, packet_qr, picked_packet_qr
from education.views.search import SearchView
from education.views.styleguide import StyleguideView
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
    path("search/", SearchView.as_view(), name="search"),
    path("packets/", PacketList.as_view(), name="packet-list"),
    path("packets/<slug:slug>/", PacketDetail.as_view(), name="packet-detail"),
    path("packets/<slug:slug>/qr.svg", packet_qr, name="packet-qr"),
    path("p/", PacketMaker.as_view(), name="packet-make"),
    path("p/<slug:codes>/", PickedPacket.as_view(), name="picked-packet"),
    path("p/<slug:codes>/qr.svg", picked_packet_qr, name="picked-packet-qr"),
    path("preview/<str:token>/", preview.shared, name="shared-preview"),
    path("styleguide/", StyleguideView.as_view(), name="styleguide"),
    path("pdf/<path:path>", paper.pdf, name="pdf"),
    path("paper.css", paper.stylesheet, name="paper-css"),
    path("social/<str:collection>/<slug:slug>/<str:digest>.png", social_picture, name="social-picture"),
    path("feedback/<str:collection>/<slug:slug>/", feedback.vote, name="feedback"),
    path("feedback/<str:collection>/<slug:slug>/thanks/", feedback.thanks, name="feedback-thanks"),
    path("feedback/<str:collection>/<slug:slug>/<str:answer>/", feedback.comment, name="feedback-comment"),
]
