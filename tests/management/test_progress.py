"""How far a long command is: for people at a terminal only."""

import io

from education.management.progress import Progress


class Terminal(io.StringIO):
    def isatty(self):
        return True


class TestInAPipe:
    def test_it_is_silent_and_gives_the_items(self):
        stream = io.StringIO()
        assert list(Progress(stream)(["a", "b"], "reading")) == ["a", "b"]
        assert stream.getvalue() == ""


class TestOnATerminal:
    def test_it_draws_a_bar_that_ends_full(self):
        stream = Terminal()
        assert list(Progress(stream)(["a", "b"], "reading")) == ["a", "b"]
        first, *_, last = stream.getvalue().strip("\r\n").split("\r")
        assert first == f"     reading [{'#' * 15}{'.' * 15}] 1 of 2"
        assert last == f"     reading [{'#' * 30}] 2 of 2"
        assert stream.getvalue().endswith("\n")

    def test_it_counts_where_the_end_is_not_known(self):
        stream = Terminal()
        list(Progress(stream)(iter(range(1500)), "exporting"))
        assert stream.getvalue().endswith("\r   exporting 1,500\n")

    def test_it_draws_seldom(self):
        """A bar that is drawn for each of ten thousand pages takes longer than they do."""
        stream = Terminal()
        list(Progress(stream)(range(10_000), "reading"))
        assert stream.getvalue().count("\r") < 20

    def test_it_is_silent_when_it_was_asked_to_be(self):
        stream = Terminal()
        list(Progress(stream, visible=False)(["a"], "reading"))
        assert stream.getvalue() == ""

    def test_of_nothing_does_not_fail(self):
        stream = Terminal()
        assert list(Progress(stream)([], "reading")) == []
