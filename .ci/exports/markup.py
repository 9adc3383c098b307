"""XML: TMX, XLIFF, and their schemas from Debian's packages."""

import zipfile

from lxml import etree
from translate.storage import tmx, xliff, xliff2

import changes
from case import Differs, reads, same

XLIFF = "usr/share/php/Symfony/Component/Translation/Resources/schemas"
HUGE = etree.XMLParser(huge_tree=True, no_network=True)


class Beside(etree.Resolver):
    """Finds the schema of `xml:` attributes beside the one that asks for it."""

    def __init__(self, folder):
        self.folder = folder

    def resolve(self, url, public_id, context):
        if url.endswith("/xml.xsd"):
            return self.resolve_filename(str(self.folder / "xml.xsd"), context)


def validate(schema, path):
    if not schema.validate(etree.parse(path, HUGE)):
        raise Differs(f"{path}: {schema.error_log.last_error}")
    return "valid"


def xsd(case, name):
    folder = case.schemas / XLIFF
    parser = etree.XMLParser(no_network=True)
    parser.resolvers.add(Beside(folder))
    return etree.XMLSchema(etree.parse(folder / name, parser))


@reads("tmx", "omegat's tmx14.dtd")
def tmx_dtd(case):
    jar = zipfile.ZipFile(case.schemas / "usr/share/omegat/OmegaT.jar")
    return validate(etree.DTD(jar.open("schemas/tmx14.dtd")), case.export("tmx"))


@reads("xliff", "symfony's xliff-core-2.0.xsd")
def xliff_xsd(case):
    return validate(xsd(case, "xliff-core-2.0.xsd"), case.export("xliff"))


@reads("xliff-12", "symfony's xliff-core-1.2-strict.xsd")
def xliff12_xsd(case):
    return validate(xsd(case, "xliff-core-1.2-strict.xsd"), case.export("xliff-12"))


def content(node):
    """A node's text, `<cp>` as the character that it stands for."""
    if node is None:
        return None
    own = chr(int(node.get("hex"), 16)) if etree.QName(node).localname == "cp" else node.text or ""
    return own + "".join(content(child) + (child.tail or "") for child in node)


def legal(pairs):
    return [tuple(map(changes.xml, pair)) for pair in pairs]


def sourced(case):
    """The article pairs of which a bead has an English side of its own."""
    has_source = lambda rows: any(r["relation"] in ("translation", "moved", "omitted") for r in rows)
    return [pair for pair, rows in case.articles().items() if has_source(rows)]


@reads("tmx", "translate-toolkit")
def tmx_units(case):
    units = tmx.tmxfile.parsefile(str(case.export("tmx"))).units
    ids = [r["id"] for r in case.rows if r["relation"] in ("translation", "moved")]
    same((unit.xmlelement.get("tuid") for unit in units), map(changes.xml, ids))
    segs = (tuple(content(seg) for seg in unit.xmlelement.iter("{*}seg")) for unit in units)
    return same(segs, legal(case.translated))


@reads("xliff", "translate-toolkit")
def xliff_units(case):
    store = xliff2.Xliff2File.parsefile(str(case.export("xliff")))
    units = store.units
    same((file.get("original") for file in store.document.getroot().iter("{*}file")), map(changes.xml, sourced(case)))
    texts = [[content(unit.xmlelement.find(f".//{{*}}{name}")) for name in ("target", "source")] for unit in units]
    return same((tuple(pair) for pair in texts if pair[0] is not None), case.translated)


@reads("xliff-12", "translate-toolkit")
def xliff12_units(case):
    store = xliff.xlifffile.parsefile(str(case.export("xliff-12")))
    units = store.units
    same((file.get("original") for file in store.document.getroot().iter("{*}file")), map(changes.xml, sourced(case)))
    nodes = (unit.xmlelement for unit in units if hasattr(unit, "xmlelement"))
    texts = [[content(node.find("{*}" + name)) for name in ("target", "source")] for node in nodes]
    return same((tuple(pair) for pair in texts if pair[0] is not None), legal(case.translated))
