"""Asks the server in this container whether it is ready; exit 1 when it is not."""

import http.client
import os
import sys
from urllib.parse import urlsplit

connection = http.client.HTTPConnection("127.0.0.1", 8000, timeout=4)
connection.request("GET", "/readyz", headers={"Host": urlsplit(os.environ["SITE_URL"]).hostname})
sys.exit(connection.getresponse().status != 200)
