#!/usr/bin/env python3
"""Reads a WARC file with warcio: a JSON object a response, `{"url", "status", "sha256"}` of its unpacked body.

Every block's digest is checked. Exit code 2: warcio is not installed here.
"""

import hashlib
import json
import sys

try:
    from warcio.archiveiterator import ArchiveIterator
except ImportError:
    sys.exit(2)

with open(sys.argv[1], "rb") as file:
    for record in ArchiveIterator(file, check_digests="raise"):
        if record.rec_type == "response":
            body = record.content_stream().read()
            print(
                json.dumps(
                    {
                        "url": record.rec_headers.get_header("WARC-Target-URI"),
                        "status": int(record.http_headers.get_statuscode()),
                        "sha256": hashlib.sha256(body).hexdigest(),
                    }
                )
            )
