"""What is not taken as a picture."""


class PictureRefused(Exception):  # noqa: N818 - it is the sender's, not ours, to mend
    """Why a file is not taken as a picture, in words for the person who sent it."""
