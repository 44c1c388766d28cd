"""Questions, answers, rubrics, parked drafts, and texts that people sign.

Owns versions of forms (a question once asked never changes), what was answered to which version,
and the wording and signatures of attestations, agreements and pledges. Does not know what a
submission or a signature is for: the higher noun points here, decides who may read and write, and
therefore submissions and answers have no ``visible_to`` of their own.

Words: a *field* is a question by its stable key; a *field version* is its wording; a *part* is one
page of a form; an answer is *parked* when somebody else changed it first.
"""
