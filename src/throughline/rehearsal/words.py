"""What made-up applicants write. Plain, short, and about systems rather than students."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Talk:
    """A coaching session: its topics, its summary, the coach's own note, and a next step."""

    topics: tuple[str, ...]
    summary: str
    note: str
    step: str


@dataclass(frozen=True, slots=True)
class Challenge:
    """How a team begins its challenge, and whose figure it begins with, by preference."""

    groups: tuple[str, ...]
    who: str
    experience: str
    where: str
    since: str
    why_now: str


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
PROGRAMS = (
    "None yet; our cabinet reads together once a month.",
    "A two-year academy for new superintendents of our state.",
    "A summer institute on data and listening, with two of our principals.",
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
TALKS = (
    Talk(
        ("evidence",),
        "We read four school years of graduation rates side by side and named two places where the range is too wide to say anything. The team decides which one to look into.",
        "Do not push the numbers next time; begin with what was surprising.",
        "Ask the data office for course placement by school",
    ),
    Talk(
        ("team",),
        "Went through who speaks in team meetings and who does not. Teachers will see the agenda two days earlier and open the next meeting.",
        "",
        "Send the next agenda to the teachers two days ahead",
    ),
    Talk(
        ("policy",),
        "Prepared the conversation with the board about open enrollment in advanced courses: what has been decided, what is asked for, what it costs.",
        "Careful with the board chair until after the election.",
        "Write a two-page note for the board",
    ),
    Talk(
        ("stakeholders", "evidence"),
        "Talked through the first listening session and who was missing from it. Two principals will invite families in the east of the county themselves.",
        "The liaison carries most of this alone. Raise her hours in the fall.",
        "Set the date of the second listening session",
    ),
    Talk(
        ("change",),
        "Looked at the schedule of three middle schools and where an algebra section could begin without new staff. One school will try it this term.",
        "",
        "Visit one school on scheduling day",
    ),
    Talk(
        ("self",),
        "Spoke about how much time the work takes and what can be handed to the deputy. The monthly meeting stays; two standing ones go.",
        "Tired today. Shorter agenda next month.",
        "Hand two standing meetings to the deputy",
    ),
    Talk(
        ("team", "change"),
        "Drew the steps from a referral to a suspension on one page. The team saw that four adults can stop it and nobody is asked to.",
        "Strong session. Say so to the director without details.",
        "Bring the one-page drawing to the principals' meeting",
    ),
    Talk(
        ("stakeholders",),
        "Planned who will speak with the counselors before the schedule is made, and with which three questions.",
        "",
        "Ask two counselors to the next team meeting",
    ),
    Talk(
        ("evidence", "change"),
        "Compared the list of students who qualified with the list of those who were placed. The difference begins with a form that goes home in one language.",
        "Check whether the translation is paid for; it was not last year.",
        "Have the placement letter translated",
    ),
    Talk(
        ("policy", "stakeholders"),
        "Read the discipline code once as a family would. Marked what can change this year without a vote.",
        "",
        "Share the marked code with the team",
    ),
    Talk(
        ("self", "team"),
        "Practiced the opening of the staff meeting aloud, twice. The second version names what the district has not done.",
        "Nervous about the union; rehearse once more before the day.",
        "Open the staff meeting with the district's own figures",
    ),
)
"""What coaches and leaders turn to."""
OUTCOMES = (
    "Done, and it was shorter than planned.",
    "Done with the deputy.",
    "Done; two schools want to follow.",
    "Done a week late.",
    "Done. It raised a question for the team.",
)
"""What came of a next step."""
CHALLENGES = (
    Challenge(
        ("MBL", "MHI", "ECD"),
        "Students who are ready for advanced courses and are not placed in them",
        "learn of these courses after the lists are made",
        "in our comprehensive high schools",
        "for as long as we have published figures",
        "The schedule for next fall is made in March.",
    ),
    Challenge(
        ("LEP", "MHI", "ECD"),
        "Students who learn English with us in grades nine and ten",
        "wait a year for credit in courses that they follow from the first week",
        "in the two high schools with a newcomer program",
        "since the program moved three years ago",
        "The state reviews credit rules this summer.",
    ),
    Challenge(
        ("CWD", "MBL", "ECD"),
        "Students with a disability who want to graduate with their class",
        "are taken out of the courses that count, a period at a time",
        "in every high school, most in the largest",
        "since we began to count it, two years ago",
        "Case loads are set in April.",
    ),
    Challenge(
        ("MHI", "LEP", "MBL"),
        "Families who ask about courses in another language than English",
        "are answered by their own children",
        "at the front desks of our schools",
        "longer than anybody on the team remembers",
        "Two schools hire for the front desk this spring.",
    ),
    Challenge(
        ("ECD", "MBL", "MHI"),
        "Students who work after school",
        "lose a credit over attendance in the last semester",
        "in the two alternative schools and in the east of the county",
        "since the attendance policy of four years ago",
        "The board reads the policy again in May.",
    ),
)
"""Where teams begin."""
LOOKING_BACK = (
    "Dear {person.name}, thank you for two full days. The notes of every consultancy are with the team that presented; the agenda and the slides are on the page of the {word.convening}. Your team has written down one thing to do before we meet again.",
    "Dear {person.name}, the wall of questions is typed up and waits on the page of the {word.convening}. Three districts asked to visit one another before summer; your coach knows how to arrange it.",
    "Dear {person.name}, what families told us in the second afternoon deserves an answer. Please read the notes with your team this month, and tell your coach what you will do first.",
)
"""What the coordinator writes after a convening."""
TEAM_STEPS = (
    "Shadow two students through one school day",
    "Read the placement rules aloud with a teacher and a family",
    "Map who decides about eighth-grade algebra",
    "Hold one listening session at a time that suits families",
    "Bring last year's referral data by school",
    "Invite a counselor and a student to the next meeting",
    "Write down what we tried this term and what we learned",
)
"""What teams promise one another at the end of a convening."""
TITLES = (
    ("Principal", "administrator", False),
    ("Teacher, grade 8 mathematics", "teacher", False),
    ("Teacher of English learners", "teacher", False),
    ("Chief academic officer", "administrator", True),
    ("School counselor", "staff", False),
    ("Family liaison", "staff", False),
    ("Director of data", "administrator", False),
)
ON_SCREEN = "By video; the link comes with the invitation"
"""Where people meet who do not travel."""
TRAVEL_LETTER = (
    "book-your-travel",
    "Book your travel to the next {word.convening}",
    "Dear {person.name}, it takes about ten minutes, and your assistant can do it.",
)
SCREEN_LETTER = (
    "try-your-link",
    "Try your link before the next {word.session}",
    "Dear {person.name}, it takes about two minutes, and saves ten on the day.",
)
"""Key, subject and body of the letter that waits in the outbox."""
PLACES = ("Atlanta", "Charlotte", "New Orleans", "Birmingham", "Jackson")
