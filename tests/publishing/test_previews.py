"""S35: a link to one version for a day, that can be ended and not guessed."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from education.models import PreviewLink
from education.publishing import find_preview, revoke_preview, save, share_preview
from tests.factories import make_page
from tests.publishing.words import member_of, new_text, user_who_may

pytestmark = pytest.mark.django_db


@pytest.fixture
def revision():
    return make_page(status=None).revision


class TestAPreviewLink:
    def test_opens_its_one_version_whatever_the_page_becomes(self, staff):
        page = make_page()
        shared = page.revision
        token = share_preview(shared, staff)
        save(document=new_text(page, body="Later."), by=staff, page=page)
        assert find_preview(token) == shared

    def test_has_at_least_128_bits_and_is_stored_as_a_digest(self, staff, revision):
        tokens = {share_preview(revision, staff) for _ in range(20)}
        assert len(tokens) == 20
        assert min(map(len, tokens)) >= 43  # 256 bits in base 64
        stored = repr(list(PreviewLink.objects.values_list()))
        assert not any(token in stored for token in tokens)

    @pytest.mark.parametrize("spoil", [str.swapcase, lambda token: token[:-1], lambda token: token + "=", lambda token: ""])
    def test_that_was_changed_opens_nothing(self, staff, revision, spoil):
        assert find_preview(spoil(share_preview(revision, staff))) is None

    def test_is_over_after_a_day(self, staff, revision):
        token = share_preview(revision, staff)
        assert PreviewLink.objects.get().expires_at - timezone.now() <= timedelta(hours=24)
        PreviewLink.objects.update(expires_at=timezone.now())
        assert find_preview(token) is None
        share_preview(revision, staff)
        assert PreviewLink.objects.count() == 1, "what is over is not kept"

    def test_is_over_when_it_is_revoked(self, staff, revision):
        token = share_preview(revision, staff)
        revoke_preview(PreviewLink.objects.get(), staff)
        assert find_preview(token) is None

    def test_is_over_when_its_maker_leaves(self, revision):
        editor = member_of("Editor")
        token = share_preview(revision, editor)
        editor.is_active = False
        editor.save()
        assert find_preview(token) is None

    def test_is_made_only_by_who_may_see_the_page_and_ended_by_its_maker_or_a_publisher(self, revision):
        with pytest.raises(PermissionDenied):
            share_preview(revision, user_who_may("view_condition", "publish_pages"))
        token = share_preview(revision, member_of("Editor"))
        with pytest.raises(PermissionDenied):
            revoke_preview(PreviewLink.objects.get(), user_who_may("change_topic", name="another"))
        assert find_preview(token) == revision
        revoke_preview(PreviewLink.objects.get(), member_of("Publisher"))
        assert find_preview(token) is None
