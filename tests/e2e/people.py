"""Persons, matters and documents that never existed. Numbers are valid by checksum alone, for days on which nobody has one."""

import hashlib
import random


def luhn(digits):
    """The check digit that Luhn's algorithm gives nine digits."""
    total = 0
    for index, digit in enumerate(digits):
        value = int(digit) * (2 if index % 2 == 0 else 1)
        total += value - 9 if value > 9 else value
    return str(-total % 10)


GIVEN = set()


def unused(draw):
    """What is drawn, until it is something that nobody has got in this run."""
    while (drawn := draw()) in GIVEN:
        pass
    GIVEN.add(drawn)
    return drawn


def any_personal_number():
    day = f"189{random.randint(0, 9)}{random.randint(1, 12):02}{random.randint(1, 28):02}"
    nine = day[2:] + f"{random.randint(1, 999):03}"
    return day[:2] + nine + luhn(nine)


def personal_number():
    """An invented personnummer (12 digits) of somebody born in the 1890s, whom nobody living can be; each another's."""
    return unused(any_personal_number)


def matter_number():
    return unused(lambda: f"{random.randint(10, 99)}-{random.randint(100000, 999999)}")


def counsel(name="Astrid Exempelsson"):
    return {"name": name, "qualification": "ADVOCATE", "protectionLevel": "UNPROTECTED", "fTax": True, "vatNumber": "SE556000000101",
            "workplace": {"street": "Storgatan 1", "postalCode": "11122", "city": "Stockholm"},
            "phone": "+46812345678", "email": "astrid@exempel.example", "languages": ["sv", "ar"]}


def applicant(name="Amina Testsson", **changes):
    return {"name": name, "birthDate": "1990-05-17", "citizenships": ["SY"], "languages": ["ar"], "protectionLevel": "UNPROTECTED",
            "contact": {"address": "Lilla gatan 2, 211 22 Malmö", "phone": "+46701740605", "email": "amina@exempel.example"},
            "identifiers": [{"type": "DOSSIER_NUMBER", "value": matter_number()}], **changes}


def protected_applicant(name="Bilal Hemligsson"):
    person = applicant(name, protectionLevel="PROTECTED_REGISTRATION", agencyChannel="asylprovningen.malmo@agency.example")
    del person["contact"]
    return person


def pdf(size, seed=1):
    """A PDF of about `size` bytes whose content depends on `seed`: a page, and a stream that does not compress."""
    filler = random.Random(seed).randbytes(max(size - 400, 16))
    head = (b"%%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
            b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\n4 0 obj<</Length %d>>stream\n" % len(filler))
    return head + filler + b"\nendstream endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def digest(content):
    return hashlib.sha256(content).hexdigest()


def claim():
    """A claim whose sum is known: 530 minutes of work, 90 minutes of time loss by day, 296 kronor: 21 113 kronor in 2026."""
    return {"instance": "FIRST", "workBeganDate": "2026-02-02",
            "work": [{"date": "2026-02-03", "minutes": 500, "text": "Genomgång av handlingar och möte med klienten"},
                     {"date": "2026-02-04", "minutes": 30, "text": "", "routine": True}],
            "timeLoss": [{"startTime": "2026-02-04T09:00:00Z", "endTime": "2026-02-04T10:30:00Z", "travel": True}],
            "disbursements": [{"date": "2026-02-04", "type": "TRAVEL", "text": "Tåg", "amountOre": "29600", "taxable": True}]}
