"""The words that fields choose from: each list once, each word with its label for readers and its help for editors."""

from __future__ import annotations

from casebook.values import Choice


class Grade(Choice):
    A = "A", "Seen", "The source's own text, read by us, says it. That the source says it does not make it true."
    B = "B", "Summary", "An abstract, a summary or a record says it; the text behind it was not read."
    C = "C", "Inferred", "We infer it; the statement says from what."


class Level(Choice):
    CITY = "city", "City", "A city of prefecture rank or above, as a whole."
    COUNTY = "county", "County", "A county or county-level city."
    DISTRICT = "district", "District", "A district of a city."
    SUBDISTRICT = "subdistrict", "Subdistrict or town", "The level under the district: street office, town or township."
    COMMUNITY = "community", "Community", "A residents' committee's area, an estate or a neighbourhood."
    VILLAGE = "village", "Village", "A village with a villagers' committee."


class Status(Choice):
    RUNNING = "running", "Running", "It still ran when the newest source was written."
    ENDED = "ended", "Ended", "It came to its end, as a project does."
    REVERSED = "reversed", "Reversed", "It was undone."
    UNKNOWN = "unknown", "Not known", "No source says whether it still runs."


class Precision(Choice):
    EXACT = "exact", "", "A source gives these dates."
    APPROXIMATE = "approximate", "about", "The dates are read from what sources tell of, not given by them."


class RoleName(Choice):
    INITIATES = "initiates", "Initiates", "Starts it or orders it."
    FINANCES = "finances", "Finances", "Pays, in money or in kind."
    FACILITATES = "facilitates", "Facilitates", "Helps others to take part: trains, advises, brings together."
    DELIVERS = "delivers", "Delivers", "Does the work."
    TAKES_PART = "takes part", "Takes part", "Is asked, proposes, decides or joins in."
    ASSESSES = "assesses", "Assesses", "Judges how it went."

    @property
    def letter(self) -> str:
        """One letter for a matrix: `I F H D T A`."""
        return "H" if self is RoleName.FACILITATES else str(self)[0].upper()


class InstrumentKind(Choice):
    PLAN = "plan", "Plan", "A plan or strategy."
    RULE = "rule", "Rule", "A law, regulation or order in force."
    OPINION = "opinion", "Opinion", "A guiding document of Party or government."
    AGREEMENT = "agreement", "Agreement", "A contract or agreement between two sides."
    LIST = "list", "List", "A list of tasks, powers or projects."
    FUND = "fund", "Fund", "Money with rules for its use."
    REWARD = "reward", "Reward", "Money or honour after the deed."
    BODY = "body", "Body", "A council, committee, centre or office made for it."
    METHOD = "method", "Method", "A way of working: workshop, grid, vote, campaign."


class MilestoneKind(Choice):
    LAW = "law", "Law", "A law or regulation, made, changed or repealed."
    DOCUMENT = "document", "Document", "An opinion, guideline, plan or notice of Party or government."
    PROGRAMME = "programme", "Programme", "A programme, pilot or campaign."
    BODY = "body", "Body", "An office or body, set up or dissolved."
    EVENT = "event", "Event", "A meeting, speech or other event."


class Step(Choice):
    INFORMED = "informed", "Informed", "Residents are told."
    CONSULTED = "consulted", "Consulted", "Residents are asked; others decide."
    JOINS_IN = "joins in", "Join in", "Residents give labour, money or care to what others have decided."
    DECIDES_TOGETHER = "decides together", "Decide together", "Residents and officials decide together."
    DECIDES = "decides", "Decide", "Residents decide within what they are given."
    NOT_KNOWN = "not known", "Not known", "The sources do not let us say."


class PhaseName(Choice):
    CO_COMMISSION = "co-commission", "Co-commission", "Residents help to settle what is wanted and what comes first."
    CO_DESIGN = "co-design", "Co-design", "Residents help to shape how it is done."
    CO_DELIVER = "co-deliver", "Co-deliver", "Residents help to do it."
    CO_ASSESS = "co-assess", "Co-assess", "Residents help to judge it."


class Qualifier(Choice):
    EXACTLY = "exactly", "", "The source gives the number as it stands."
    ABOUT = "about", "about", "The source rounds."
    MORE_THAN = "more than", "more than", "The source gives a floor."
    NEARLY = "nearly", "nearly", "The source stays a little below."
    AT_LEAST = "at least", "at least", "A lowest value."
    AT_MOST = "at most", "at most", "A highest value."


class UnknownKind(Choice):
    NOT_FOUND = "not found", "Not found", "We looked for it, and no source that we reached says it."
    NOT_SEARCHED = "not searched", "Not searched", "We have not looked for it yet."
    NOT_REPORTED = "not reported", "Not reported", "The sources that we read on the case say nothing of it."
