"""Fills a new Tryton with made-up people and organisations, through its own JSON-RPC.

Usage: seed.py http://127.0.0.1:8078/crm/ (passwords: TRYTON_ADMIN_PASSWORD and TRYTON_PASSWORD)

Everybody is invented. BSNs are test numbers that begin with 99999 and pass the 11-check, as Tryton demands.
"""

import base64
import json
import os
import sys
import urllib.request

URL = sys.argv[1]

# name, how Tryton users wrote down numbers, e-mail, telephone, street, postal code, city
PERSONS = [
    ("Jan de Vries", "j.devries@voorbeeld.example", "+31612345601", "Dorpsstraat 10", "3511 AB", "Utrecht"),
    ("Fatima El Amrani", "f.elamrani@voorbeeld.example", "+31612345602", "Kerklaan 7 a", "3702 CD", "Zeist"),
    ("Pieter van den Berg", "p.vandenberg@voorbeeld.example", "0612345603", "Lange Nieuwstraat 112 bis", "3512 PN", "Utrecht"),
    ("Siobhan O'Brien", "s.obrien@voorbeeld.example", "+353851234567", "1 Grafton Street", "D02 Y006", "Dublin"),
    ("Ayşe Yılmaz", "", "", "", "", ""),
    ("Björn Sjöström 🌷", "b.sjostrom@voorbeeld.example", "030 1234567", "Plein 1", "3511 BC", "Utrecht"),
    ("Noor van 't Hof", "n.vanthof@voorbeeld.example", "", "", "", ""),
]
ORGANISATIONS = [
    ("Bakkerij De Korenaar B.V.", "90000001", "info@korenaar.example", "+31302001001", "Marktplein 3", "3511 LM", "Utrecht"),
    ("Van Dam & Zonen B.V.", "00000012", "kantoor@vandam.example", "+31302001002", "Industrieweg 44", "3542 AD", "Utrecht"),
    ("Stichting Groen", "90000023", "", "", "", "", ""),
]
NOTES = [
    "[telefoon] Vraag over paspoort",
    "[balie] Melding losse stoeptegel\nZal worden doorgegeven.",
    "Zonder kanaal opgeschreven",
    "[e-mail] Parkeervergunning & bezoekerspas",
]
REQUESTS = [
    ("Parkeervergunning aanvragen", "Ik wil een vergunning voor mijn auto.", "VERZOEK-2026-0000000001"),
    ("Subsidie", "Aanvraag voor een buurtfeest", None),
    ("Klacht over afval", "", "VERZOEK-2026-0000000002"),
]


class Tryton:
    """A session of one user: `call` is one JSON-RPC call, which fails loudly."""

    def __init__(self, user, password):
        self.session = None
        self.context = {}
        number, key = self._send("common.db.login", [user, {"password": password}, "en"])
        self.session = base64.b64encode(f"{user}:{number}:{key}".encode()).decode()

    def call(self, method, *parameters):
        return self._send(method, [*parameters, self.context])

    def create(self, model, *records):
        return self.call(f"model.{model}.create", list(records))

    def _send(self, method, parameters):
        headers = {"Content-Type": "application/json"}
        if self.session:
            headers["Authorization"] = f"Session {self.session}"
        body = json.dumps({"id": 1, "method": method, "params": parameters}).encode()
        with urllib.request.urlopen(urllib.request.Request(URL, body, headers)) as answer:
            told = json.load(answer)
        if told.get("error"):
            raise SystemExit(f"{method}: {told['error']}")
        return told["result"]


def bsn(number):
    """The test BSN 99999nnnC with the check digit that makes it right, or the next one that can be."""
    while True:
        digits = f"99999{number:03}"
        check = sum(int(digit) * (9 - place) for place, digit in enumerate(digits)) % 11
        if check < 10:
            return digits + str(check)
        number += 1


def parts(mail, telephone, street, postal_code, city):
    """The records of their own that hang on a party: mechanisms and an address, as commands of its create."""
    kind = "mobile" if telephone.startswith(("+316", "06")) else "phone"
    mechanisms = [{"type": t, "value": v} for t, v in (("email", mail), (kind, telephone)) if v]
    address = {"street": street, "postal_code": postal_code, "city": city}
    return {
        "contact_mechanisms": [["create", mechanisms]] if mechanisms else [],
        "addresses": [["create", [address]]] if street else [],
    }


def set_up(admin):
    """The company, the categories that tell persons from organisations, and the users."""
    [euro] = admin.create("currency.currency", {"name": "Euro", "code": "EUR", "symbol": "€", "digits": 2})
    [own] = admin.create("party.party", {"name": "Gemeente Voorbeeldstad"})
    [company] = admin.create("company.company", {"party": own, "currency": euro})
    admin.call("model.res.user.write", [1], {"companies": [["add", [company]]], "company": company})
    [desk] = admin.create("party.party", {"name": "Klantcontactcentrum"})
    [employee] = admin.create("company.employee", {"party": desk, "company": company})
    names = ["Party Administration", "Sale Opportunity"]
    groups = admin.call("model.res.group.search", [["name", "in", names]], 0, None, None)
    user = {"companies": [["add", [company]]], "company": company, "groups": [["add", groups]]}
    admin.create("res.user", {"name": "Klantbrug", "login": "klantbrug", "password": os.environ["TRYTON_PASSWORD"], **user})
    categories = admin.create("party.category", {"name": "Persoon"}, {"name": "Organisatie"}, {"name": "Vestiging"})
    return company, employee, categories


def main():
    admin = Tryton("admin", os.environ["TRYTON_ADMIN_PASSWORD"])
    company, employee, (person, organisation, _) = set_up(admin)
    admin.context = {"company": company}
    persons = admin.create("party.party", *(
        {"name": name, "categories": [["add", [person]]],
         "identifiers": [["create", [{"type": "nl_bsn", "code": bsn(100 + 10 * place)}]]], **parts(*rest)}
        for place, (name, *rest) in enumerate(PERSONS)))
    organisations = admin.create("party.party", *(
        {"name": name, "categories": [["add", [organisation]]],
         "identifiers": [["create", [{"code": f"KVK {kvk}"}]]], **parts(*rest)}
        for name, kvk, *rest in ORGANISATIONS))
    parties = persons + organisations
    admin.create("ir.note", *(
        {"resource": f"party.party,{parties[place % len(parties)]}", "message": message}
        for place, message in enumerate(NOTES * 3)))
    admin.create("sale.opportunity", *(
        {"party": parties[place], "company": company, "employee": employee, "description": description,
         "comment": comment, "reference": reference,
         "start_date": {"__class__": "date", "year": 2026, "month": 9, "day": 1 + place}}
        for place, (description, comment, reference) in enumerate(REQUESTS)))
    print(f"seeded {len(persons)} persons, {len(organisations)} organisations, {len(NOTES) * 3} notes, {len(REQUESTS)} requests")


main()
