"""Tables of forms, one noun a file."""

from throughline.forms.models.form import Field, FieldVersion, Form, FormField, FormVersion
from throughline.forms.models.rubric import Criterion, Level, Rubric
from throughline.forms.models.signed import SignableText, Signature, SignedText
from throughline.forms.models.submission import Answer, AnswerHistory, Draft, Submission

__all__ = [
    "Answer",
    "AnswerHistory",
    "Criterion",
    "Draft",
    "Field",
    "FieldVersion",
    "Form",
    "FormField",
    "FormVersion",
    "Level",
    "Rubric",
    "SignableText",
    "Signature",
    "SignedText",
    "Submission",
]
