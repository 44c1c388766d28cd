"""What made-up applicants write. Plain, short, and about systems rather than students."""

from __future__ import annotations

DISPARITIES = (
    "Our published graduation rates differ by student group, and the difference has not closed in four years. We see the same pattern in who is placed in advanced courses.",
    "Students who learn English with us wait longer for a counselor and graduate later. We know it from our own schedule data and from two listening sessions with families.",
    "Discipline referrals fall on a few groups of students in three of our schools. Our climate survey and a year of referral data say the same.",
    "Families in the east of our county reach advanced courses half as often. We compared course rosters with enrollment at every high school.",
)
VISION = (
    "In five years a student's neighborhood, language or race tells nobody which courses she takes. Every school sets aside time to listen, and families see what we changed because of it.",
    "Every student is known by an adult who expects much of her. The district publishes its results by student group each fall and says what it will do next.",
    "Our teachers plan with the results of all students in view, and our board adopts policy with families in the room.",
)
READINESS = (
    "We moved to open enrollment in advanced courses two years ago; participation rose in every group. A cabinet that meets weekly on one question made it possible.",
    "We rewrote our discipline code with students and principals. It took eighteen months and a patient board.",
    "We joined our data systems last year, so that each school sees attendance, grades and placement on one page.",
)
IDEAS = (
    "Who is invited into eighth-grade algebra, and who decides.",
    "How newcomers earn credit in their first year.",
    "What happens between a referral and a suspension.",
    "How families hear about advanced courses, and when.",
)
GOALS = (
    "Goal 2 of our strategic plan: every student graduates with a plan she chose.",
    "Board goal 1: access to advanced coursework for all student groups.",
    "Strategic priority: a place in every school where families are heard.",
)
MANDATE = "It has met monthly since last fall and advises the superintendent on course access."
CHARGE = "The board asked me to lead our work on course access; I report on it each quarter."
OUT_OF_REGION = "We border the region, share a labor market with it, and have worked with two of its districts for years."
COMMENTS = (
    "Clear about the data and about what has not worked.",
    "The team is well mixed; two teachers have time set aside.",
    "Convincing on commitment; the attendance plan is thin.",
    "Strong evidence, and the families' side is named.",
)
SUMMARIES = (
    "We looked at the placement list together and chose the question for the next team meeting.",
    "Prepared the conversation with the board; next step is a two-page note.",
    "Talked through the first listening session and who was missing from it.",
    "Planned who will speak with the counselors before the schedule is made.",
)
PRIVATE_NOTES = (
    "Ask next time how the move is going at home; not for the log.",
    "She was tired. Shorter agenda in January.",
    "Careful with the board chair topic until after the election.",
)
STEPS = (
    "Write the two-page note on placement",
    "Ask two counselors to the next team meeting",
    "Send the list of students who qualified and were not placed",
    "Set the date of the second listening session",
)
TITLES = (
    ("Principal", "administrator", False),
    ("Teacher, grade 8 mathematics", "teacher", False),
    ("Teacher of English learners", "teacher", False),
    ("Chief academic officer", "administrator", True),
    ("School counselor", "staff", False),
    ("Family liaison", "staff", False),
    ("Director of data", "administrator", False),
)
PLACES = ("Atlanta", "Charlotte", "New Orleans", "Birmingham", "Jackson")
