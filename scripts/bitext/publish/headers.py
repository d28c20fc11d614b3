"""What a host says with each file of the site: types, how long to keep it, what a page may do.

Each fact stands here once. `headers_file` writes it for Netlify and Cloudflare Pages, `nginx` and
`caddyfile` for the two servers; `scripts/publish/` holds what these two return.
"""

from __future__ import annotations

from bitext.model import LANGS
from bitext.publish.assets import MADE
from bitext.publish.policy import POLICY

NAME = "_headers"
#: Sent with every answer. `frame-ancestors` has no effect in a page, so that it is added only here.
ALWAYS = {
    "Content-Security-Policy": f"{POLICY}; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}
#: An address with `?v=` never gets other bytes; the answer to any other is asked for anew (304).
KEPT = "public, max-age=31536000, immutable"
ASKED = "no-cache"
#: Types by ending. Those in TEXTS are said to be in UTF-8, and are sent compressed.
TEXTS = {
    "html": "text/html",
    "css": "text/css",
    "js": "text/javascript",
    "txt": "text/plain",
    "csv": "text/csv",
    "md": "text/markdown",
    "xml": "application/xml",
    "tmx": "application/xml",
    "tbx": "application/xml",
    "xlf": "application/xliff+xml",
    "json": "application/json",
    "jsonl": "application/jsonl",
    "bib": "application/x-bibtex",
    "ris": "application/x-research-info-systems",
    "svg": "image/svg+xml",
}
#: Sent as they are. A part of the search is bytes: the page unpacks it, not the browser.
BYTES = {
    "gz": "application/gzip",
    "zip": "application/zip",
    "epub": "application/epub+zip",
    "png": "image/png",
}
TYPES = TEXTS | BYTES
FEEDS = ("feed.xml", "en/feed.xml")
FEED = "application/atom+xml"
CHARSET = "charset=utf-8"
#: Smaller answers are not worth the work; in bytes.
LEAST = 512
#: Where the two servers look for the site.
ROOT = "/var/www/two-tracks"


def headers_file() -> str:
    """The site's `_headers`, which Netlify and Cloudflare Pages read.

    Its rules know paths only, so that the files that pages ask for with `?v=` are named. For all others
    these hosts say by themselves that they are asked for anew. A header that two rules give would be
    joined, so that no rule gives it again.
    """
    rules = {"/*": ALWAYS}
    rules |= {f"/assets/bt/{name}": {"Cache-Control": KEPT} for name in MADE}
    rules |= {f"/assets/bt/search/{lang}/*": {"Cache-Control": KEPT} for lang in LANGS}
    rules |= {f"/{name}": {"Content-Type": f"{FEED}; {CHARSET}"} for name in FEEDS}
    return "".join(
        f"{path}\n{''.join(f'  {name}: {value}{chr(10)}' for name, value in said.items())}"
        for path, said in rules.items()
    )


def nginx(root: str = ROOT, listen: str = "80", below: str = "/") -> str:
    """A configuration of nginx for the site in `root`, below the path `below`: a file for sites-enabled."""
    types = "\n".join(f"        {kind} {' '.join(_endings(kind))};" for kind in _kinds())
    always = "\n".join(f'    add_header {n} "{value}" always;' for n, value in ALWAYS.items())
    texts = " ".join(kind for kind in (*dict.fromkeys(TEXTS.values()), FEED) if kind != "text/html")
    feeds = "\n".join(
        f'    location = {below}{name} {{ types {{ }} default_type "{FEED}"; }}' for name in FEEDS
    )
    return f"""\
# Two Tracks behind nginx. Written by scripts/publish/write.py: change scripts/bitext/publish/headers.py.
# Copy to /etc/nginx/sites-enabled/; put site/ into {root} and your name for _ below.
# Below a path of the host, /sub/ for one, put site/ into {root}/sub/ and write /sub/404.html.
# A certificate is your own affair: certbot --nginx adds it.
map $arg_v $two_tracks_keep {{
    ""      "{ASKED}";
    default "{KEPT}";
}}

server {{
    listen {listen};
    server_name _;
    root {root};
    index index.html;
    absolute_redirect off;
    server_tokens off;

    types {{
{types}
    }}
    default_type application/octet-stream;
    charset utf-8;
    charset_types {texts};

    # A file that ends in .gz is sent as it is: gzip packs the types that are listed, no other.
    gzip on;
    gzip_vary on;
    gzip_proxied any;
    gzip_min_length {LEAST};
    gzip_types {texts};

    # Not `always`: an error is not to be kept.
    add_header Cache-Control $two_tracks_keep;
{always}

{feeds}
    location = {below}_headers {{ return 404; }}
    error_page 404 {below}404.html;
    # A folder without a page.
    error_page 403 =404 {below}404.html;
}}
"""


def caddyfile(root: str = ROOT, address: str = ":80", below: str = "/") -> str:
    """A Caddyfile for the site in `root`, below the path `below`, at `address`."""
    types = "\n".join(
        f'\t@{_name(kind)} path {" ".join(f"*.{e}" for e in _endings(kind))}\n\theader @{_name(kind)} Content-Type "{_said(kind)}"'
        for kind in _kinds()
        if kind != "text/html"
    )
    always = "\n".join(f'\t\t{name} "{value}"' for name, value in ALWAYS.items())
    packed = "\n".join(f"\t\t\theader Content-Type {kind}*" for kind in (*dict.fromkeys(TEXTS.values()), FEED))  # fmt: skip
    feeds = " ".join(below + name for name in FEEDS)
    return f"""\
# Two Tracks behind Caddy. Written by scripts/publish/write.py: change scripts/bitext/publish/headers.py.
# Copy to /etc/caddy/Caddyfile; put site/ into {root} and your name for {address} below: Caddy then
# gets the certificate by itself. Below a path of the host, /sub/ for one, put site/ into {root}/sub/ and
# write /sub/404.html.
{address} {{
\troot * {root}
\t# A file that ends in .gz is sent as it is: only the types that are listed are packed.
\tencode zstd gzip {{
\t\tminimum_length {LEAST}
\t\tmatch {{
{packed}
\t\t}}
\t}}
\theader {{
{always}
\t}}
\t@kept query v=*
\t@asked not query v=*
\theader @kept Cache-Control "{KEPT}"
\theader @asked Cache-Control "{ASKED}"
{types}
\t@feeds path {feeds}
\theader @feeds Content-Type "{FEED}; {CHARSET}"
\t@hidden path {below}_headers
\terror @hidden 404
\tfile_server
\thandle_errors {{
\t\trewrite * {below}404.html
\t\theader Content-Type "text/html; {CHARSET}"
\t\theader Cache-Control "{ASKED}"
\t\tfile_server
\t}}
}}
"""


def _kinds() -> list[str]:
    """Every type once, in the order of their first ending."""
    return list(dict.fromkeys(TYPES.values()))


def _endings(kind: str) -> list[str]:
    return [ending for ending, other in TYPES.items() if other == kind]


def _said(kind: str) -> str:
    return f"{kind}; {CHARSET}" if kind in TEXTS.values() else kind


def _name(kind: str) -> str:
    return _endings(kind)[0]
