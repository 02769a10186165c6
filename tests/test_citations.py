"""Citations as editors write them, and every way of getting them wrong."""

import re
import time

import pytest

from casebook.citations import Citation, Cluster, Malformed, bare, cited, find, replaced

# ---------- right ----------


def one(text: str) -> Citation:
    (cluster,) = find(text)
    assert isinstance(cluster, Cluster)
    (citation,) = cluster.citations
    return citation


def test_the_place_is_kept() -> None:
    citation = one("Money came first. [@li2018, p. 12] Then more.")
    assert (citation.key, citation.place, citation.prefix, citation.suppressed) == ("li2018", "p. 12", "", False)
    assert citation.offset == len("Money came first. [@")
    assert citation.block == (18, 34)


@pytest.mark.parametrize(
    "key", ["li2018", "thepaper-xinhua", "nd.dot", "ns:key", "a/b", "a_b", "a+b", "Li2018", "a.b:c/d-e", "李2014"]
)
def test_keys(key: str) -> None:
    assert one(f"[@{key}, p. 1]").key == key
    assert one(f"[@{key}]").key == key


@pytest.mark.parametrize(
    ("written", "place"),
    [
        ("p. 12", "p. 12"),
        ("contents, p. 9", "contents, p. 9"),
        ("opening", "opening"),
        ("p.  12\n  below", "p. 12 below"),
        ("第3条", "第3条"),
        ("https://a.org/b;c", "https://a.org/b;c"),
        ("`table`", "`table`"),
        ("pp. 12-15", "pp. 12–15"),
        ("pp. 12--15", "pp. 12–15"),
        ("no. 2018-15", "no. 2018-15"),
        ("§ 3 (2)", "§ 3 (2)"),
    ],
)
def test_places(written: str, place: str) -> None:
    assert one(f"[@li2018, {written}]").place == place


def test_a_citation_without_a_place_has_an_empty_one() -> None:
    assert one("[@li2018]").place == ""


def test_several_sources_in_one_bracket() -> None:
    (cluster,) = find("So it was. [@a, opening; see @b, art. 3; -@c]")
    assert isinstance(cluster, Cluster)
    assert [(c.prefix, c.key, c.place, c.suppressed) for c in cluster.citations] == [
        ("", "a", "opening", False), ("see", "b", "art. 3", False), ("", "c", "", True)
    ]  # fmt: skip
    assert {c.block for c in cluster.citations} == {(cluster.start, cluster.end)}


def test_a_prefix() -> None:
    citation = one("[see also\n@li2018, ch. 3]")
    assert (citation.prefix, citation.place) == ("see also", "ch. 3")


def test_a_bracket_may_span_lines_but_no_blank_line() -> None:
    assert one("text [@li2018,\np. 12]").place == "p. 12"
    assert all(isinstance(found, Malformed) for found in find("text [@li2018,\n\np. 12]"))


@pytest.mark.parametrize(
    "text",
    [
        "`[@key, p. 1]`", "``[@key]``", "```\n[@key]\n```", "~~~ md\n@key\n~~~", "[mail me@b.org](mailto:me@b.org)",
        "[@user](https://social.example/@user)", "![me@b.org](a@2x.png)", "<me@b.org>", "https://social.example/@user",
        "Write to me@b.org.", "<!-- [@key] -->", "[text][ref]", "[plain brackets]", "[^1]", "prices @ 5 yuan", "[mail me@b.org]",
    ],
)  # fmt: skip
def test_no_citation_at_all(text: str) -> None:
    assert find(text) == []
    assert replaced(text, lambda _: "X") == text
    assert bare(text) == text


# ---------- wrong ----------


@pytest.mark.parametrize(
    ("text", "offset", "found", "remedy"),
    [
        ("a [@li2019{p. 12}] b", 2, "[@li2019{p. 12}]", "Put a comma and the place after the key: [@li2019, p. 12]."),
        ("a [@key p. 12]", 2, "[@key p. 12]", "Put a comma and the place after the key: [@key, p. 12]."),
        ("a [@key.]", 2, "[@key.]", "Put a comma and the place after the key: [@key, p. 12]."),
        ("a [@key`code`]", 2, "[@key`code`]", "Put a comma and the place after the key"),
        ("a [@key,]", 2, "[@key,]", "Say the place after the comma: [@key, p. 12]."),
        ("a [@]", 2, "[@]", "A key stands right after the '@'."),
        ("a [@ key]", 2, "[@ key]", "A key stands right after the '@'."),
        ("a [@{key}, p. 1]", 2, "[@{key}, p. 1]", "A key stands right after the '@'."),
        ("a [@a, @b]", 2, "[@a, @b]", "Put a semicolon between two sources."),
        ("a [@a, p. 3; p. 5]", 2, "[@a, p. 3; p. 5]", "for two places in one source write [@key, p. 3, p. 5]"),
        ("a [@a, p. 3; ]", 2, "[@a, p. 3; ]", "Each part between semicolons names its source"),
        ("a [see@key, p. 1]", 2, "[see@key, p. 1]", "Put a space before '@key'."),
        ("a [@key, p. 12", 2, "[@key, p. 12", "Close the bracket"),
        ("a [-@key, p. 12\n\nb", 2, "[-@key, p. 12", "Close the bracket"),
        ("a [@key, p. 3 [sic]]", 2, "[@key, p. 3 [sic]]", "put no other bracket inside it"),
        ("as @key says", 3, "@key says", "A citation stands in brackets. Write [@key, p. 12]"),
        ("如@key所说", 1, "@key所说", "A citation stands in brackets."),
        ("a [see @key, p. 1", 7, "@key, p. 1", "A citation stands in brackets."),
        ("a [@key, p. 1](more)", 2, "[@key, p. 1](more)", "Put a space before the '('"),
    ],
)
def test_what_is_wrong_is_told(text: str, offset: int, found: str, remedy: str) -> None:
    (fault,) = find(text)
    assert isinstance(fault, Malformed)
    assert (fault.offset, fault.found) == (offset, found)
    assert remedy in fault.remedy


def test_faults_and_citations_come_in_the_order_of_the_text() -> None:
    found = find("[@] one [@a, p. 1] two @b three [@c, p. 2")
    assert [type(each) for each in found] == [Malformed, Cluster, Malformed, Malformed]


def test_cited_gives_what_can_be_read() -> None:
    assert [c.key for c in cited("[@a, p. 1; @b] [@] [@c, x]")] == ["a", "b", "c"]


# ---------- ids ----------


def test_the_same_key_and_place_have_one_id() -> None:
    assert one("[@li2018, p. 12]").note_id == one("before [@li2018,  p. 12]").note_id == "li2018-p-12"
    assert one("[@li2018, pp. 12-15]").note_id == one("[@li2018, pp. 12–15]").note_id == "li2018-pp-12-15"


@pytest.mark.parametrize(
    ("text", "id_"), [("[@li2018]", "li2018"), ("[@thepaper-xinhua, opening]", "thepaper-xinhua-opening"), ("[@a, art. 3]", "a-art-3")]
)
def test_common_ids_can_be_read(text: str, id_: str) -> None:
    assert one(text).note_id == id_


LOOKALIKES = [
    "[@nd.dot]", "[@nd-dot]", "[@nd_dot]", "[@nd:dot]", "[@nd, dot]", "[@nd.dot, p. 1]", "[@nd-dot, p. 1]", "[@nd-dot, p-1]",
    "[@nd-dot, p. 1.]", "[@nd-dot, P. 1]", "[@Nd-dot, p. 1]", "[@nd-dot-p, 1]", "[@nd, dot p. 1]", "[see @nd-dot, p. 1]",
    "[@see-nd-dot, p. 1]", "[@nd-dot-p-1]", "[@nd, dot-p-1]", "[@a, 第1条]", "[@a, 第2条]", "[@a]", "[@a, b]", "[@a-b]", "[@a, b, c]",
    "[@a-b, c]", "[@a, b-c]", "[@a, pp. 1–2]", "[@a-pp, 1-2]", "[@a-pp-1, 2]", "[@a, p. 1, 2]", "[@李]", "[@王]", "[@a, p. 01]", "[@a, p. 1]",
]  # fmt: skip


def test_no_two_citations_share_an_id() -> None:
    ids = [one(text).note_id for text in LOOKALIKES]
    assert len(set(ids)) == len(LOOKALIKES)


@pytest.mark.parametrize("text", [*LOOKALIKES, '[@a, "><script>]', f"[@a, {'x' * 3000}]", "[@a, é—ü]"])
def test_ids_are_safe_everywhere(text: str) -> None:
    assert re.fullmatch(r"[A-Za-z0-9]+(-[A-Za-z0-9]+)*", one(text).note_id)
    assert len(one(text).note_id) < 90


# ---------- using them ----------


def test_replaced() -> None:
    text = "One [@a, p. 1; @b].\n\n`[@c]` [@] two [@d, x]"
    assert replaced(text, lambda cluster: "".join(f"<{c.key}>" for c in cluster.citations)) == "One <a><b>.\n\n`[@c]` [@] two <d>"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("One. [@a, p. 1] Two. [@b]", "One. Two."),
        ("One [@a, p. 1], two [@b].", "One, two."),
        ("One [@a] [@b].", "One."),
        ("One [@a]two", "One two"),
        ("[@a, p. 1] says so", "says so"),
        ("One.\n[@a]\nTwo.", "One.\nTwo."),
        ("One.\n\n[@a] says so.", "One.\n\nsays so."),
        ("- [@a] says so", "- says so"),
        ("One  two ", "One  two "),
    ],
)
def test_bare(text: str, words: str) -> None:
    assert bare(text) == words


@pytest.mark.parametrize(
    "piece",
    ["[@", "[", "]", "@", "`", "``` \n", "~~~~x\n", "<!--", "<a ", "](", "[a](", "](a(b)", '](a "', "http://", "a@", "[@a;", "[@a, p. 1] ",
     "\\", "\n", "a", "-", ".", "@k ", "<a@", "[[a@b](x)", "(((", "[@a, p. 1](x) "],
)  # fmt: skip
def test_hostile_texts_take_no_time(piece: str) -> None:
    text, begun = piece * 20_000, time.process_time()
    find(text)
    assert time.process_time() - begun < 2
