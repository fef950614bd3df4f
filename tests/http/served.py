"""A running reference server, and who asks it: what the tests of its HTTP share.

Run by ctest with RENRAKU_SERVER and RENRAKU_MAKE_CITY naming the two programs.
"""
import http.client
import json
import os
import pathlib
import signal
import subprocess
import tempfile
import unittest
import urllib.parse

from places import Place

PASSWORD = "himitsu-no-kotoba-13"


def setUpModule():
    global folder, city
    folder = tempfile.TemporaryDirectory(prefix="renraku-http-")
    city = Place(folder.name, "city")
    subprocess.run([os.environ["RENRAKU_MAKE_CITY"], address(), base() / "key"], check=True)


def tearDownModule():
    city.close()
    folder.cleanup()


def base():
    """The folder with the city of this module's tests, and for what they make beside it."""
    return pathlib.Path(folder.name)


def address():
    """Where the city's store is."""
    return city.address


class Server:
    """A server on a free port of the loopback, ended by its own id."""

    def __init__(self, *settings, region=None, **environment):
        of = ("--region", region) if region else ("--store", address())
        self.process = subprocess.Popen(
            [os.environ["RENRAKU_SERVER"], *of, "--host-key-file", base() / "key",
             "--listen", "127.0.0.1:0", *settings],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
            env={**os.environ, **environment})
        self.url = self.process.stdout.readline().strip()
        if not self.url:
            raise RuntimeError(self.process.communicate()[1])
        self.host = urllib.parse.urlsplit(self.url).netloc

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        out, err = self.process.communicate(timeout=60)
        return self.process.returncode, out + err


class Answer:
    def __init__(self, response, body):
        self.status, self.headers, self.body = response.status, response.headers, body

    @property
    def json(self):
        return json.loads(self.body)


class Client:
    def __init__(self, server, context=None):
        self.server, self.context, self.cookie, self.token = server, context, "", ""

    def connect(self):
        if self.server.url.startswith("https"):
            return http.client.HTTPSConnection(self.server.host, timeout=60, context=self.context)
        return http.client.HTTPConnection(self.server.host, timeout=60)

    def ask(self, method, path, body=None, **headers):
        """One request with the cookie, the origin and the token; a header of None is left out."""
        if body is not None and not isinstance(body, (bytes, str)):
            body = json.dumps(body)
        given = {"Origin": self.server.url, "Content-Type": "application/json",
                 "Cookie": self.cookie, "X-Renraku-Token": self.token,
                 **{name.replace("_", "-"): value for name, value in headers.items()}}
        connection = self.connect()
        try:
            connection.request(method, path, body,
                               {name: value for name, value in given.items() if value})
            response = connection.getresponse()
            return Answer(response, response.read())
        finally:
            connection.close()

    def sign_in(self, login="kanri", password=PASSWORD, municipality="082112"):
        answer = self.ask("POST", "/api/v1/session",
                          {"municipality": municipality, "login": login, "password": password})
        if answer.status == 200:
            self.cookie = answer.headers["Set-Cookie"].partition(";")[0]
            self.token = answer.json["token"]
        return answer

    def search(self, words):
        return self.ask("POST", "/api/v1/evacuees/search", {"filter": {"text": words}}).json


class WithServer(unittest.TestCase):
    settings = ("--rate", "100000", "--sign-in-rate", "10000")

    @classmethod
    def setUpClass(cls):
        cls.server = Server(*cls.settings)
        cls.client = Client(cls.server)
        cls.client.sign_in()

    @classmethod
    def tearDownClass(cls):
        cls.code, cls.said = cls.server.stop()

    def refused(self, answer, status, field):
        self.assertEqual((answer.status, answer.json["field"]), (status, field), answer.body)
        self.assertTrue(answer.json["message"])
