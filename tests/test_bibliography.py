"""The bibliography as editors write it, the references that readers see, and every fault with its place."""

from __future__ import annotations

import html
import random
import re
import time
from pathlib import Path

import markdown
import pytest

from casebook import bibliography
from casebook.bibliography import Formatted, Seen, Source, SourceKind, formatted, read
from casebook.problems import Problem
from casebook.records import TYPES

FILE = "bibliography.bib"
ARTICLE = """\
@article{li2018,
  author   = {Li, Bingqin and Hu, Bo and Liu, Tao and Fang, Lijie},
  title    = {A title of one article},
  journal  = {Environment and Urbanization},
  year     = {2018},
  pages    = {255--57},
  doi      = {10.1177/0956247818797276},
  url      = {https://example.org/li},
  note     = {Only the abstract was seen},
  keywords = {academic, abstract}
}
"""


def entry(fields: str, type: str = "misc", key: str = "k", keywords: str = "media, opening") -> str:
    return f"@{type}{{{key}, {fields}, keywords = {{{keywords}}}}}\n"


def sound(text: str) -> dict[str, Source]:
    sources, problems = read(text, FILE)
    assert [str(problem) for problem in problems] == []
    return sources


def faults(text: str) -> list[Problem]:
    problems = read(text, FILE)[1]
    assert all(problem.remedy for problem in problems)
    return problems


def told(text: str) -> list[str]:
    return [str(problem) for problem in faults(text)]


def reference(text: str, folder: Path, key: str = "k") -> str:
    """A reference as it stands in the HTML, entities resolved, Chinese unmarked."""
    found, _ = formatted(sound(text), folder)
    return re.sub(r'<span lang="zh-Hans">(.*?)</span>', r"\1", html.unescape(found[key].reference))


def plain(reference: str) -> str:
    return re.sub(r"<[^>]*>", "", reference)


# ---------- reading ----------


def test_a_source_as_its_page_shows_it() -> None:
    source = sound("% a comment\n\n" + ARTICLE)["li2018"]
    assert source.title == "A title of one article"
    assert source.authors == ("Bingqin Li", "Bo Hu", "Tao Liu", "Lijie Fang")
    assert (source.type, source.year, source.doi) == ("article", "2018", "10.1177/0956247818797276")
    assert (source.kinds, source.seen) == ((SourceKind.ACADEMIC,), Seen.ABSTRACT)
    assert source.note == "Only the abstract was seen"
    assert source.fields["pages"] == "255–57"
    assert source.fields["journaltitle"] == "Environment and Urbanization"
    assert source.address == "sources/li2018/"
    assert str(source.place) == "bibliography.bib:3:1"


def test_seen_stands_in_order_of_how_much() -> None:
    assert [str(seen) for seen in Seen] == ["full text", "opening", "contents", "abstract", "record"]
    assert all(word.label and word.help for word in (*Seen, *SourceKind))


def test_several_kinds_and_keywords_over_several_lines() -> None:
    source = sound(entry("author={A}, title={T}", keywords="practitioner,\n  party-state-media, full\n text"))["k"]
    assert source.kinds == (SourceKind.PARTY_STATE_MEDIA, SourceKind.PRACTITIONER)
    assert source.seen is Seen.FULL


def test_chinese_names_and_translation() -> None:
    source = sound(entry("author={李, 郇 and 刘敏 and 欧阳 修}, title={共同缔造}, titleaddon={Creating together}"))["k"]
    assert source.authors == ("李郇", "刘敏", "欧阳修")
    assert (source.title, source.translation, source.language) == ("共同缔造", "Creating together", "chinese")


def test_latex_is_decoded() -> None:
    source = sound(entry(r"author={M{\"u}ller, Jos\'e}, title={{GDP} \& more -- 90\%}, subtitle={na{\"\i}ve}"))["k"]
    assert (source.authors, source.title) == (("José Müller",), "GDP & more – 90%: naïve")


def test_an_address_keeps_its_signs() -> None:
    url = r"https://a.org/10.1177%252F0956/a\_b~c?x=1&y=2--3#d"
    assert sound(entry(f"author={{A}}, title={{T}}, url={{{url}}}"))["k"].url == url.replace("\\", "")


def test_strings_comments_preambles_and_parentheses() -> None:
    source = sound(
        '@comment{ignored {x}}\n@preamble{"\\def\\x{}"}\n@string{eu = "Environment"}\n@STRING(name = eu # { and } # "Urbanization")\n'
        '@ARTICLE(k, author = "A, B", title = {T} # " of " # {1}, journal = NAME, year = 2018, month = dec,\n'
        " keywords = {academic, opening},)\n"
    )["k"]
    assert (source.title, source.fields["journaltitle"]) == ("T of 1", "Environment and Urbanization")


@pytest.mark.parametrize(
    ("fields", "year"),
    [("year={2012}", "2012"), ("date={2012-05-21}", "2012"), ("date={2012/2013-02}", "2012–2013"), ("date={2012-01/2012-02}", "2012")],
)
def test_years(fields: str, year: str) -> None:
    assert sound(entry(f"author={{A}}, title={{T}}, {fields}"))["k"].year == year


def test_an_undated_source_and_a_body_as_its_maker() -> None:
    source = sound(entry("organization={Party and State}, title={T}"))["k"]
    assert (source.year, source.authors) == ("", ("Party and State",))


@pytest.mark.parametrize(("key", "address"), [("a.b:c/d", "sources/a-b-c-d/"), ("Li_2018", "sources/li-2018/")])
def test_addresses(key: str, address: str) -> None:
    assert sound(entry("author={A}, title={T}", key=key))[key].address == address


# ---------- faults ----------

GOOD = "author={A, B}, title={T}"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (entry("author={A}", "misc"), "1:1: the @misc 'k' has no title"),
        (entry("title={T}"), "1:1: the @misc 'k' has no author, editor or organization"),
        (entry("author={A}, title={{}}"), "1:1: the @misc 'k' has no title"),
        (entry(GOOD, "article"), "1:1: the @article 'k' has no journaltitle"),
        (entry(GOOD, "online"), "1:1: the @online 'k' has no url or doi"),
        (entry(GOOD, "report"), "1:1: the @report 'k' has no institution"),
        (entry(GOOD, "phdthesis"), "1:1: the @phdthesis 'k' has no institution"),
        (entry(GOOD, "incollection"), "1:1: the @incollection 'k' has no booktitle"),
        (entry(GOOD, "artikle"), "1:1: 'k' has the unknown type '@artikle'"),
        (entry(GOOD, "commentary"), "1:1: the unknown type '@commentary'"),
        (entry(GOOD, key="a b"), "1:1: the key 'a b' can't be cited"),
        (entry(GOOD, key="李2018"), "1:1: the key '李2018' can't be cited"),
        (entry(GOOD, key="a--b"), "1:1: the key 'a--b' can't be cited"),
        ("\n" + entry(GOOD, keywords="media, openning"), "2:1: 'k' has the unknown keyword 'openning'"),
        (entry(GOOD, keywords="media"), "1:1: the keywords of 'k' say nowhere how much was seen"),
        (entry(GOOD, keywords="media, opening, record"), "1:1: the keywords of 'k' say 2 times (opening, record) how much was seen"),
        (entry(GOOD, keywords="opening"), "1:1: no keyword of 'k' says what kind of source it is"),
        (entry(GOOD + ",\n url={javascript:alert(1)}"), "2:1: the url of 'k' is no web address: 'javascript:alert(1)'"),
        (entry(GOOD + ", url={ftp://a.org/x}"), "1:1: the url of 'k' is no web address: 'ftp://a.org/x'"),
        (entry(GOOD + ", url={www.a.org}"), "1:1: the url of 'k' is no web address: 'www.a.org'"),
        (entry(GOOD + ", doi={https://doi.org/10.1177/x}"), "1:1: the doi of 'k' is no DOI: 'https://doi.org/10.1177/x'"),
        (entry(GOOD + ",\n\n year={c. 2012}"), "3:1: the year of 'k' is no year: 'c. 2012'"),
        (entry(GOOD + ", date={2012-13}"), "1:1: the date of 'k' is no date: '2012-13'"),
        (entry(GOOD + ", year={2012}, month={Mai}"), "1:1: the month of 'k' is no month: 'Mai'"),
        (entry(GOOD + ", pages={116--}"), "1:1: the pages of 'k' are no range: '116--'"),
        (entry("author={A}, title={90% of all}"), "1:1: the title of 'k' can't be read because of '%'"),
        (entry(r"author={A}, title={\input{x}}"), r"1:1: the title of 'k' can't be read because of '\input'"),
        (entry(GOOD + ", crossref={nope}"), "1:1: 'k' refers to the unknown entry 'nope'"),
        (entry("author={others}, title={T}"), "1:1: the author of 'k' has no name in 'others'"),
        (entry("author={,}, title={T}"), "1:1: the author of 'k' has no name in ','"),
        (entry(GOOD + ", publisher=nobody"), "1:1: the value of 'publisher' is neither in braces nor a known @string: 'nobody'"),
        (entry("author={A}, title={T}\n year={2012}"), "1:1: the value of 'title' is neither in braces nor a known @string"),
        (entry(GOOD + ", title={U}"), "1:1: 'k' has a field twice: title"),
        ("\nmisc{k, title={T}}\n", "2:1: 'misc{k, title={T}}' stands outside any entry"),
    ],
)
def test_every_fault_is_told_with_its_place(text: str, message: str) -> None:
    assert any(problem.startswith(f"{FILE}:{message}") for problem in told(text))


@pytest.mark.parametrize(
    ("text", "remedy"),
    [
        (entry(GOOD, "artikle"), "Did you mean 'article'?"),
        (entry(GOOD, keywords="media, openning"), "Did you mean 'opening'?"),
        (entry(GOOD + ", crossref={bok}") + entry(GOOD, "book", "book"), "Did you mean 'book'?"),
    ],
)
def test_the_nearest_word_is_offered(text: str, remedy: str) -> None:
    assert remedy in [problem.remedy for problem in faults(text)]


def test_duplicate_keys_name_both_lines() -> None:
    text = entry(GOOD, key="li2018") + "\n" + entry(GOOD, key="li2018") + entry(GOOD, key="LI2018")
    assert told(text) == [
        "bibliography.bib:3:1: 'li2018' stands here a second time; the first is in line 1",
        "bibliography.bib:4:1: the key 'LI2018' differs only in case or Unicode form from 'li2018' in line 1",
    ]


def test_keys_that_share_an_address_are_refused() -> None:
    text = entry(GOOD, key="nd.dot") + entry(GOOD, key="nd-dot")
    assert told(text) == [
        "bibliography.bib:2:1: the key 'nd-dot' gets the same address 'sources/nd-dot/' as 'nd.dot' in line 1"
    ]


def test_a_broken_entry_spoils_no_other() -> None:
    text = entry(GOOD, key="a") + "\n@misc{b,\n  title = {never closed,\n\n" + entry(GOOD, key="c") + "@misc{d, title"
    sources, problems = read(text, FILE)
    assert list(sources) == ["a", "c"]
    assert [str(p.place) for p in problems] == ["bibliography.bib:3:1", "bibliography.bib:7:1"]
    assert "the entry '@misc{b' can't be read" in problems[0].message


def test_all_faults_come_at_once_in_the_order_of_lines() -> None:
    problems = faults(entry("author={A}", key="a", keywords="x") + entry("title={T}", "bogus", "b") + "@misc{c")
    assert len(problems) == 7
    assert problems == sorted(problems)


def test_an_entry_with_faults_can_still_be_cited() -> None:
    sources, _ = read(entry("title={T}", keywords=""), FILE)
    assert (sources["k"].seen, sources["k"].kinds) == (Seen.FULL, ())


@pytest.mark.parametrize("ring", [["a"], ["a", "b"], ["a", "b", "c", "d", "e", "f", "g"]])
def test_a_ring_of_crossrefs_is_found(ring: list[str]) -> None:
    text = "".join(entry(f"{GOOD}, crossref={{{ring[i - 1]}}}", "book", key) for i, key in enumerate(ring))
    assert len([problem for problem in faults(text) if problem.rule == "endless-crossref"]) == len(ring)


def test_needed_fields_may_be_inherited() -> None:
    parent = entry("editor={Ed, A.}, title={Parent Book}, year={2001}", "collection", "par")
    child = sound(entry("author={Child, C.}, title={The chapter}, crossref={par}", "incollection") + parent)["k"]
    assert (child.year, child.authors) == ("2001", ("C. Child",))


def test_any_text_is_answered_and_none_raises() -> None:
    rng = random.Random(20261123)
    base = ARTICLE * 3 + "@string{a = {b}}\n" + entry("author={李, 郇}, title={T}")
    signs = ["{", "}", "@", '"', "#", "=", ",", "\\", "\n", "%", "\0", "\ud800", "é", "(", ")", "$", "@string{", "@comment("]
    for _ in range(400):
        letters = list(base[rng.randrange(len(base)) :])
        for _ in range(rng.randrange(15)):
            letters[rng.randrange(len(letters))] = rng.choice(signs)
        for problem in faults("".join(letters)):
            assert str(problem).startswith(f"{FILE}:")


def test_bytes_are_answered() -> None:
    rng = random.Random(1)
    for _ in range(100):
        faults(bytes(rng.randrange(256) for _ in range(300)).decode("latin-1"))


@pytest.mark.parametrize("piece", ["@", "@a{", "@a(", "{", "}", '@a{b,c="', "\\", "@a{k, t={x} t={y},}\n", "@a  ", "@misc{k, author={", " and "])
def test_hostile_files_take_no_time(piece: str) -> None:
    begun = time.process_time()
    faults(piece * 10_000)
    assert time.process_time() - begun < 3


def test_a_huge_file_is_not_read() -> None:
    (problem,) = faults("%" * (bibliography.LIMIT + 1))
    assert problem.rule == "too-long"


def test_the_parser_says_nothing_of_its_own(capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture) -> None:
    faults("@misc{a, title = {\n@misc{b, title")
    assert capfd.readouterr() == ("", "")
    assert caplog.records == []


# ---------- references ----------


def test_names_stand_in_their_order(tmp_path: Path) -> None:
    made = reference(entry("author={李, 郇 and 刘, 敏 and 黄, 耀福}, title={共同缔造}, year={2014}"), tmp_path)
    assert made.startswith("李郇, 刘敏, and 黄耀福. 2014. ")


def test_chinese_is_marked(tmp_path: Path) -> None:
    found, _ = formatted(sound(entry("author={李, 郇}, title={共同缔造}, titleaddon={Creating together}, year={2014}")), tmp_path)
    assert '<span lang="zh-Hans">李郇</span>. 2014. ' in found["k"].reference
    assert '<span lang="zh-Hans">共同缔造</span> &#91;Creating together&#93;' in found["k"].reference
    assert found["k"].short == "李郇 2014"


@pytest.mark.parametrize(
    ("type", "fields", "expected"),
    [
        ("report", "institution={UN}, number={15}", "Smith, John. 2011. T. No. 15. UN."),
        ("thesis", "institution={U of X}, type={phdthesis}", "Smith, John. 2011. ‘T’. PhD thesis, U of X."),
        ("dataset", "publisher={Statistics Office}", "Smith, John. 2011. ‘T’. Statistics Office."),
        ("online", "url={https://a.org/x}", "Smith, John. 2011. ‘T’. https://a.org/x."),
        ("misc", "howpublished={Kudos}", "Smith, John. 2011. T. Kudos."),
        ("article", "journaltitle={J}, volume={7}, number={2}, pages={255--57}", "Smith, John. 2011. ‘T’. J 7 (2): 255–57."),
        ("article", "journaltitle={J}, doi={10.1000/x}", "Smith, John. 2011. ‘T’. J. https://doi.org/10.1000/x."),
    ],
)
def test_types(type: str, fields: str, expected: str, tmp_path: Path) -> None:
    assert plain(reference(entry(f"author={{Smith, John}}, title={{T}}, year={{2011}}, {fields}", type), tmp_path)) == expected


def test_every_type_comes_out(tmp_path: Path) -> None:
    more = "journaltitle={J}, booktitle={B}, institution={I}, url={https://a.org}"
    text = "".join(entry(f"author={{A, {name}}}, title={{T}}, {more}", name, name) for name in sorted(TYPES))
    assert len(formatted(sound(text), tmp_path)[0]) == len(TYPES)


def test_crossref_is_resolved(tmp_path: Path) -> None:
    child = entry("author={Child, C.}, title={The chapter}, crossref={par}", "incollection")
    parent = entry("editor={Ed, A.}, title={Parent Book}, year={2001}, publisher={Pub}, note={SECRET}", "collection", "par")
    assert plain(reference(child + parent, tmp_path)) == "Child, C. 2001. ‘The Chapter’. In Parent Book, edited by A. Ed. Pub."


def test_a_bodys_work(tmp_path: Path) -> None:
    text = entry("institution={Party and State}, title={T}, year={2011}", "report")
    assert plain(reference(text, tmp_path)) == "Party and State. 2011. T."


def test_notes_abstracts_and_keywords_are_not_printed(tmp_path: Path) -> None:
    made = reference(entry(GOOD + ", note={SECRET}, annotation={SECRET}, abstract={SECRET}, annote={SECRET}, file={SECRET}"), tmp_path)
    assert "SECRET" not in made
    assert "opening" not in made


def test_nothing_is_presumed_of_an_article_without_volume(tmp_path: Path) -> None:
    assert "ahead of print" not in reference(entry(GOOD + ", journal={J}, year={2018}, doi={10.1177/1}", "article"), tmp_path)


def test_year_letters_agree_between_short_citation_and_reference(tmp_path: Path) -> None:
    body = "author={{Guiyang City}}, year={2014}"
    sources = sound("".join(entry(f"{body}, title={{{title}}}", key=key) for key, title in (("x", "Zebra"), ("y", "Ape"), ("z", "Lion"))))
    found, _ = formatted(sources, tmp_path)
    assert {key: made.short for key, made in found.items()} == {"x": "Guiyang City 2014c", "y": "Guiyang City 2014a", "z": "Guiyang City 2014b"}
    for made in found.values():
        assert made.reference.startswith(f"Guiyang City. {made.short[-5:]}. ")


def test_short_citations(tmp_path: Path) -> None:
    text = ARTICLE + entry("author={A, B}, title={T}") + entry("author={M{\\\"u}ller, X and {R&D}}, title={T}, year={2001}", key="m")
    found, _ = formatted(sound(text), tmp_path)
    assert [made.short for made in found.values()] == ["Li et al. 2018", "A, n.d.", "Müller and R&D 2001"]


@pytest.mark.parametrize("key", ["nd.dot", "ns:key", "a/b", "a_b", "a+b"])
def test_keys_with_signs(key: str, tmp_path: Path) -> None:
    assert formatted(sound(entry(GOOD, key=key)), tmp_path)[0][key].short == "A, n.d."


HARD = r"https://a.org/b_c_d/*x*/~y~?q=1&amp=2&r=[3]--4#f^g"


def test_addresses_are_links_once_and_right(tmp_path: Path) -> None:
    found, _ = formatted(sound(entry(f"{GOOD}, url={{{HARD}}}") + ARTICLE), tmp_path)
    page = markdown.markdown(
        f"A[^1] b[^2]\n\n[^1]: {found['k'].reference}\n\n[^2]: {found['li2018'].reference}\n",
        extensions=["footnotes", "attr_list", "md_in_html", "pymdownx.superfences", "pymdownx.tilde", "pymdownx.caret"],
    )
    links = [html.unescape(link) for link in re.findall(r'href="(http[^"]*)"', page)]
    assert links == [HARD, "https://doi.org/10.1177/0956247818797276"]


def test_signs_of_markdown_and_html_survive(tmp_path: Path) -> None:
    title = "1. *a* _b_ [c](d) :e: ==f== <script>alert(1)</script> R\\&D [@k, p. 1] {{{{ g }}}}"
    made = formatted(sound(entry(f"author={{A}}, langid={{german}}, title={{{title}}}")), tmp_path)[0]["k"].reference
    assert "\n" not in made
    page = markdown.markdown(f"A[^1]\n\n[^1]: {made}\n", extensions=["footnotes", "attr_list", "pymdownx.tilde", "pymdownx.caret"])
    assert "<script" not in page
    assert "1. *a* _b_ [c](d) :e: ==f== <script>alert(1)</script> R&D [@k, p. 1] g" in html.unescape(plain(page)).replace("  ", " ")


# ---------- one call ----------


def test_no_second_call_when_nothing_changed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[list[str]] = []
    called = bibliography._called

    def counted(command: list[str], document: str) -> str:
        calls.append(command)
        return called(command, document)

    monkeypatch.setattr(bibliography, "_called", counted)
    first = formatted(sound(ARTICLE), tmp_path)
    again = formatted(sound("% moved down, and only the note differs\n" + ARTICLE.replace("Only the", "The")), tmp_path)
    assert (first[1], again[1], len(calls)) == (True, False, 1)
    assert first[0] == again[0]
    assert formatted(sound(ARTICLE.replace("2018}", "2019}")), tmp_path)[1]
    assert len(calls) == 2


@pytest.mark.parametrize("spoilt", ["", "{", "[]", "null", '{"stamp": 1}'])
def test_a_spoilt_cache_is_made_again(spoilt: str, tmp_path: Path) -> None:
    made, _ = formatted(sound(ARTICLE), tmp_path)
    (tmp_path / "references.json").write_text(spoilt, encoding="utf-8")
    assert formatted(sound(ARTICLE), tmp_path) == (made, True)


def test_the_cache_is_the_same_bytes_twice(tmp_path: Path) -> None:
    for folder in ("a", "b"):
        formatted(sound(ARTICLE), tmp_path / folder)
    assert (tmp_path / "a" / "references.json").read_bytes() == (tmp_path / "b" / "references.json").read_bytes()


def test_an_empty_bibliography_calls_nothing(tmp_path: Path) -> None:
    assert formatted({}, tmp_path) == ({}, False)


def test_with_format() -> None:
    source = sound(ARTICLE)["li2018"].with_format(Formatted("<em>R</em>", "Li 2018"))
    assert (source.reference, source.short, source.key) == ("<em>R</em>", "Li 2018", "li2018")


def test_what_pandoc_refuses_is_our_mistake(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bibliography, "_called", lambda *_: "<p>nothing</p>")
    with pytest.raises(bibliography.FormattingError, match="li2018"):
        formatted(sound(ARTICLE), tmp_path)
