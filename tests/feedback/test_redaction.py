"""What patients write of themselves is not kept; what they write of needling is."""

import re
import time

import pytest

from education.feedback.redaction import REMOVED, redact

LONGEST = 500

TELEPHONES = """
555-0123-4567
(555) 123-4567
+1 555 123 4567
+44 20 7946 0958
00 44 7911 123456
555.123.4567
555–123–4567
555·123·4567
555_123_4567
555:123:4567
tel. 555 / 12 34 56 7
555 ... 1234
5 5 5 1 2 3 4 5 6 7
5551234567
(555)123.4567 ext 89
+1(555)1234567x12
1-800-FLOWERS
five five five one two three four
five-five-five, oh one two three
five 5 five 1 two 3 four
triple five 0123
555 then 0123
area code 555 number 123 45 67
555-O199
٥٥٥١٢٣٤٥٦٧
५५५-१२३-४५६७
𝟓𝟓𝟓𝟏𝟐𝟑𝟒
⑤⑤⑤①②③④
➎➎➎➊➋➌➍
5️⃣5️⃣5️⃣1️⃣2️⃣3️⃣4️⃣
5\u200b5\u200b5\u200b1\u200b2\u200b3\u200b4
"""
ADDRESSES_ON_THE_WEB = """
jane@example.com
jane.doe+x@mail.example.co.uk
jane＠example．com
jane @ gmail . com
jane@gmail
jane (at) example (dot) com
jane[at]gmail[dot]com
jane{at}example{dot}com
jane_at_example_dot_com
jane -at- example -dot- com
jane at example dot com
jane dot doe at example dot com
jane.doe at example.com
jane at gmail com
janedoe99 on gmail
@jane_doe
instagram: jane.doe
https://example.com/jane?x=1
www.facebook.com/jane
facebook.com/jane.doe
t.me/janedoe
janedoe.clinic.health
example.health/jane
"""
DATES = """
5/3/1980
05.03.80
5 / 3 / 1980
5.3.'80
1980-05-03
1980 05 03
3 May 1980
3-May-80
03MAY1980
May 3rd, 1980
May 3, '80
3rd of may
on may 3rd
march 1980
5 de mayo de 1980
born in 1980
born May 5 in 1980
born on the fifth of May 1980
born in nineteen eighty
born in '61
birthday 5/5
my birthday is May 5
birthdate: 02JAN1975
DOB: 5 3 80
d o b: 5 3 80
date of birth was 1980
date of birth is the 5th of the 5th 1980
97 years old
aged 93
"""
HOMES = """
12 Main Street
12 Main St.
12 main st apt 4
1234 Elm Avenue, Springfield
500 N. Elm St
3 West 5th Street
221B Baker Street
4 Privet Drive
Apt 4B, 12 Oak Rd
PO Box 123
P.O. Box 12
zip 1234
ZIP code 02134
SW1A 1AA
K1A 0B1
Springfield, IL 62704
"""
RECORDS = """
MRN 0012345
MRN 1234
MRN: 12 34
MRN#A12-34
mrn is 77
medical record number 1234
Medical record no. 12-34
med rec # 8891
chart number 4521
chart # 4521
patient ID 4521
Pt # 8891
patient number: A4521
record 1234
account number 4521
acct 4521
member ID XYZ1234
policy no. 1234
case no A-12
123-45-6789
SSN ends in 6789
ssn: ***-**-6789
last four 6789
NHS number 943 476 5919
Medicare number 1EG4-TE5-MK73
confirmation code AB12CD
D123-4567
A1B2C3D4
ID: 1234
"""
SAID = """
Dry needling 3 times a week, see page 12.
I had 12 needles in 3 sessions over 10 weeks.
It took 10-15 minutes and 2 needles, not 24 hours.
I was sore for 1 to 2 days. 55 to 91 in 100 are.
It was 55 in 100, 88 in 100 and 91 in 100.
Pain 8/10 before, 2/10 after. 8/10, 7/10, then 3/10.
The page may help others. I decided in 30 minutes, maybe 20.
I may 3 times. Of 10 patients, 3 may feel sore. I march 2 steps.
I was at home. It hurt e.g. in my arm, 24/7.
It hurt at first. At night it was fine.
The 1st and 2nd visit hurt, the 3rd did not.
0.25 mm needles, 30-40 mm long, or 0.30×50.
L4/L5, C5-C6, T12, L5 and S1.
Covid-19, H1N1, vitamin B12 5mg a day.
In 2019 a study said so, in 2021 and 2022 not. See 2019-2021.
I am 45 years old. My 80-year-old mother too.
Open from 9 to 5, at 9:30 am or 10:45.
I called 911 and 988.
1 in 10, 1 in 100, 1 in 1,000, 1 in 10,000, 20,500 sessions.
Step 1. Step 2. Step 3.
1. Too long 2. Too hard
3 sets of 10, 12 and 15.
One, two or three needles, ten to fifteen minutes.
200 mg then 400 mg, 3 times a day. 100 mg then 200 mg.
I read of it on NHS 3 times. The record was clear, chart 2 is not.
Patient 1 of 2. In that case 3 visits are enough.
I was born with it. 3 visits helped.
10 minutes drive. 3 needles close together. 3 blocks down the street.
See a doctor. Ask your doctor. The doctor said so.
BP 120/80. It costs $120, $1,200 in all.
Facebook is where I found it. Where is your phone number?
"""


def lines(text):
    return [line for line in text.split("\n") if line]


@pytest.mark.parametrize("told", lines(TELEPHONES + ADDRESSES_ON_THE_WEB + DATES + HOMES + RECORDS))
def test_what_may_tell_who_wrote_is_removed(told):
    kept = redact(f"It helped. {told} Thank you.", LONGEST)
    assert REMOVED in kept
    assert kept.startswith("It helped. ")
    assert kept.endswith("Thank you.")
    assert not re.search(r"\d|@|jane|\b(?:five|eighty|FLOWERS|Main|Oak|Privet|Baker)\b", kept)


@pytest.mark.parametrize(
    ("told", "kept"),
    [
        ("My name is Ann Lee, and it helped.", "My name is [removed], and it helped."),
        ("Dr. Smith was kind.", "[removed] was kind."),
    ],
)
def test_a_name_that_is_announced_is_removed(told, kept):
    assert redact(told, LONGEST) == kept


@pytest.mark.parametrize("said", lines(SAID))
def test_what_helps_to_mend_a_page_is_left(said):
    assert redact(said, LONGEST) == said


def test_it_gives_one_line_that_is_not_too_long():
    assert redact("a\r\n\x00b\u202ec\td", LONGEST) == "a b c d"
    assert len(redact("x@y " * 400, LONGEST)) == LONGEST


PARTS = (
    "a|1|a |1 |@|.|a.|a at |(at)|a(at)|born |born twentieth |1-|may |a at b dot "
    "|www.|a1|one |MRN |record is |12 Oak |then |1 then |_at_|1, "
)


@pytest.mark.parametrize("part", PARTS.split("|"))
def test_it_takes_no_time_to_speak_of_with_any_text(part):
    start = time.process_time()
    redact(part * 2048, LONGEST)
    assert time.process_time() - start < 0.2
