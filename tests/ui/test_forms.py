"""The renderer: label, hint, error and choices of every form."""

from __future__ import annotations

from html.parser import HTMLParser

from django import forms

from throughline.ui.forms import Tile


class Tags(HTMLParser):
    """Collects start tags as (name, attributes)."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def all(self, name: str) -> list[dict[str, str | None]]:
        return [attrs for tag, attrs in self.tags if tag == name]

    @property
    def ids(self) -> list[str]:
        return [attrs["id"] or "" for _, attrs in self.tags if "id" in attrs]


class Sample(forms.Form):
    """One field of each shape."""

    name = forms.CharField(label="Name <b>", help_text="As on your badge.")
    note = forms.CharField(required=False, widget=forms.Textarea)
    tie = forms.ChoiceField(
        widget=forms.RadioSelect,
        choices=[("none", "No tie"), ("work", Tile("I work <there>", hint="Or did"))],
        error_messages={"required": "Choose what fits."},
    )
    known = forms.MultipleChoiceField(
        required=False, widget=forms.CheckboxSelectMultiple, choices=[("a", "A"), ("b", "B")]
    )
    sure = forms.BooleanField(label="I am sure", error_messages={"required": "Check the box."})
    hidden = forms.CharField(required=False, widget=forms.HiddenInput, initial="kept")


def test_every_input_has_a_label_and_no_id_stands_twice():
    page = Tags(str(Sample()))

    shown = [one for one in page.all("input") + page.all("textarea") if one.get("type") != "hidden"]
    labels = {one.get("for") for one in page.all("label")}
    assert [one["id"] for one in shown if one["id"] not in labels] == []
    assert len(page.ids) == len(set(page.ids))


def test_descriptions_point_at_hints_and_errors_that_exist():
    page = Tags(str(Sample({"known": ["a"]})))

    pointed = [
        target for _, attrs in page.tags for target in (attrs.get("aria-describedby") or "").split()
    ]
    assert pointed
    assert [target for target in pointed if target not in page.ids] == []


def test_errors_stand_in_a_summary_whose_links_lead_to_their_fields():
    html = str(Sample({}))
    page = Tags(html)

    links = [str(one["href"])[1:] for one in page.all("a")]
    assert links == ["id_name", "id_tie", "id_sure"]
    assert [link for link in links if link not in page.ids] == []
    assert "3 things to put right" in html


def test_a_form_nobody_sent_has_no_summary():
    assert "data-errors" not in str(Sample())


def test_a_form_sent_back_keeps_what_was_typed_and_what_was_hidden():
    html = str(Sample({"name": "Ada", "note": "long words", "hidden": "kept", "known": ["b"]}))

    assert 'value="Ada"' in html
    assert "long words" in html
    assert 'type="hidden" name="hidden" value="kept"' in html
    assert [one["value"] for one in Tags(html).all("input") if "checked" in one] == ["b"]


def test_errors_of_the_whole_form_are_shown_first():
    form = Sample({"name": "Ada", "tie": "none", "sure": "on"})
    form.add_error(None, "The call has <closed>.")

    html = str(form)
    assert "One thing to put right" in html
    assert "<li>The call has &lt;closed&gt;.</li>" in html


def test_labels_choices_and_hints_are_escaped():
    html = str(Sample())

    assert "Name &lt;b&gt;" in html
    assert "I work &lt;there&gt;" in html
    assert '<small class="hint">Or did</small>' in html


def test_only_what_may_stay_empty_says_so():
    assert str(Sample()).count("(optional)") == 2


def test_a_draft_whose_every_answer_may_wait_says_it_nowhere():
    class Draft(Sample):
        says_optional = False

    assert "(optional)" not in str(Draft())
