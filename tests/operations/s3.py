"""As much of S3 as keeps, lists, gives and removes objects, in memory; signatures are not looked at."""

from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, unquote, urlsplit
from xml.sax.saxutils import escape


class Objects(BaseHTTPRequestHandler):
    """Addresses are /bucket/key; `server.objects` holds the bytes by key."""

    protocol_version = "HTTP/1.1"

    @property
    def key(self):
        return unquote(urlsplit(self.path).path).split("/", 2)[2]

    def do_PUT(self):
        if self.headers.get("Transfer-Encoding") == "chunked" or "aws-chunked" in self.headers.get("Content-Encoding", ""):
            data = self.read_chunks()
        else:
            data = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.objects[self.key] = data
        self.answer(200)

    def do_GET(self):
        query = parse_qs(urlsplit(self.path).query)
        if "list-type" in query or "delimiter" in query or "prefix" in query:
            return self.list(query.get("prefix", [""])[0])
        data = self.server.objects.get(self.key)
        return self.answer(404) if data is None else self.answer(200, data)

    do_HEAD = do_GET  # noqa: N815

    def do_DELETE(self):
        self.server.objects.pop(self.key, None)
        self.answer(204)

    def list(self, prefix):
        keys, folders = [], set()
        for key in sorted(self.server.objects):
            name, slash, _ = key.removeprefix(prefix).partition("/")
            if key.startswith(prefix):
                folders.add(f"{prefix}{name}/") if slash else keys.append(key)
        held = "".join(f"<Contents><Key>{escape(key)}</Key><Size>1</Size></Contents>" for key in keys)
        held += "".join(f"<CommonPrefixes><Prefix>{escape(name)}</Prefix></CommonPrefixes>" for name in sorted(folders))
        self.answer(200, f"<ListBucketResult><IsTruncated>false</IsTruncated>{held}</ListBucketResult>".encode())

    def read_chunks(self):
        data = b""
        while size := int(self.rfile.readline().split(b";")[0], 16):
            data += self.rfile.read(size)
            self.rfile.readline()
        while self.rfile.readline().strip():
            pass
        return data

    def answer(self, status, data=b""):
        self.send_response(status)
        self.send_header("Content-Length", str(len(data)))
        self.send_header("Last-Modified", "Mon, 23 Nov 2026 00:00:00 GMT")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(data)

    def log_message(self, *args):
        """Nothing is logged."""


def make_server():
    """A server that has not been started."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Objects)
    server.objects = {}
    return server
