"""An identity provider of pysaml2, as small as one can be. Settings: the folder that is named on the command line.

settings.json  {"port", "key", "certificate", "people": {login: {"mail", "name", "groups"}}}
sp-N.xml       metadata of a service provider
sp-N.json      {"nameId", "signs": [...], "encrypts", "demandsSignedRequests"}

Who signs in is the parameter `login`: nobody is asked for anything.
"""
import glob
import html
import json
import re
import sys
import time
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import parse_qs, urlsplit

from saml2 import BINDING_HTTP_POST, BINDING_HTTP_REDIRECT, sigver
from saml2.config import IdPConfig
from saml2.metadata import entity_descriptor
from saml2.saml import NAMEID_FORMAT_EMAILADDRESS, NAMEID_FORMAT_PERSISTENT, NAMEID_FORMAT_TRANSIENT, NameID
from saml2.server import Server
from saml2.sigver import verify_redirect_signature
from saml2.xmldsig import DIGEST_SHA256, SIG_RSA_SHA256

FORMATS = {
    "persistent": NAMEID_FORMAT_PERSISTENT,
    "emailAddress": NAMEID_FORMAT_EMAILADDRESS,
    "transient": NAMEID_FORMAT_TRANSIENT,
}
PASSWORD = "urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport"

folder = sys.argv[1]
with open(f"{folder}/settings.json") as file:
    settings = json.load(file)
base = f"http://127.0.0.1:{settings['port']}"
# By login: service provider, name and session index of each login.
sessions = {}

# Triple DES is what it encrypts with unless told otherwise.
sigver.pre_encryption_part.__kwdefaults__["msg_enc"] = "http://www.w3.org/2009/xmlenc11#aes256-gcm"


def open_server():
    """Anew for each request: service providers come while it runs."""
    endpoints = {
        "single_sign_on_service": [(f"{base}/sso", BINDING_HTTP_REDIRECT), (f"{base}/sso", BINDING_HTTP_POST)],
        "single_logout_service": [(f"{base}/slo", BINDING_HTTP_REDIRECT), (f"{base}/slo", BINDING_HTTP_POST)],
    }
    config = IdPConfig().load({
        "entityid": f"{base}/metadata",
        "key_file": settings["key"],
        "cert_file": settings["certificate"],
        "metadata": {"local": sorted(glob.glob(f"{folder}/sp-*.xml"))},
        "service": {"idp": {"endpoints": endpoints, "name_id_format": list(FORMATS.values()), "policy": {"default": {"lifetime": {"minutes": 5}, "name_form": "urn:oasis:names:tc:SAML:2.0:attrname-format:uri"}}}},
    })
    server = Server(config=config)
    encrypt = server.sec.encrypt_assertion
    server.sec.encrypt_assertion = lambda *args, **more: encrypt(*args, **{**more, "key_type": "aes-256"})
    return server


def agreement_with(entity_id):
    for path in sorted(glob.glob(f"{folder}/sp-*.xml")):
        with open(path) as metadata, open(path[:-3] + "json") as agreed:
            if f'entityID="{entity_id}"' in metadata.read():
                return json.load(agreed)
    raise ValueError(f"nothing was agreed on with {entity_id}")


def require_signature(server, parameters, binding, request, entity_id):
    """What came by POST and has a signature was verified when it was parsed."""
    if binding == BINDING_HTTP_POST:
        if request.message.signature is None:
            raise ValueError("the request is not signed")
        return
    keys = server.metadata.certs(entity_id, "any", "signing")
    signed = {name: parameters[name] for name in ("SAMLRequest", "RelayState", "SigAlg", "Signature") if name in parameters}
    if "Signature" not in signed:
        raise ValueError("the request is not signed")
    certificates = [key[1] if isinstance(key, tuple) else key for key in keys]
    if not any(verify_redirect_signature(signed, server.sec.sec_backend, certificate) for certificate in certificates):
        raise ValueError("the signature of the request is wrong")


def single_sign_on(parameters, binding):
    server = open_server()
    request = server.parse_authn_request(parameters["SAMLRequest"], binding)
    entity_id = request.message.issuer.text
    agreed = agreement_with(entity_id)
    if agreed.get("demandsSignedRequests"):
        require_signature(server, parameters, binding, request, entity_id)
    answer = server.response_args(request.message, [BINDING_HTTP_POST])
    return respond(server, entity_id, parameters, answer["in_response_to"], answer["destination"])


def unsolicited(parameters):
    server = open_server()
    entity_id = parameters["sp"]
    services = server.metadata.assertion_consumer_service(entity_id, BINDING_HTTP_POST)
    return respond(server, entity_id, parameters, None, services[0]["location"])


def respond(server, entity_id, parameters, in_response_to, destination):
    agreed = agreement_with(entity_id)
    login = parameters["login"]
    person = settings["people"][login]
    names = {"persistent": f"p-{login}", "emailAddress": person["mail"], "transient": f"t-{time.time_ns()}"}
    name_id = NameID(format=FORMATS[agreed["nameId"]], text=names[agreed["nameId"]], sp_name_qualifier=entity_id)
    response = server.create_authn_response(
        {"uid": login, "mail": person["mail"], "displayName": person["name"], "groups": person["groups"]},
        in_response_to=in_response_to,
        destination=destination,
        sp_entity_id=entity_id,
        name_id=name_id,
        userid=login,
        authn={"class_ref": PASSWORD, "authn_auth": base},
        sign_response="response" in agreed["signs"],
        sign_assertion="assertion" in agreed["signs"],
        encrypt_assertion=agreed.get("encrypts", False),
        sign_alg=SIG_RSA_SHA256,
        digest_alg=DIGEST_SHA256,
    )
    index = re.search('SessionIndex="([^"]+)"', str(response))
    sessions.setdefault(login, []).append((entity_id, name_id, index.group(1) if index else None))
    return form(destination, "SAMLResponse", str(response), parameters.get("RelayState"))


def single_logout(parameters, binding):
    """A request ends the session here and is answered; an answer has the next service provider told."""
    server = open_server()
    if "SAMLResponse" in parameters:
        login = parameters["RelayState"]
        answer = server.parse_logout_request_response(parameters["SAMLResponse"], binding)
        if not answer.status_ok():
            raise ValueError("the logout was refused")
        return log_out(login)
    request = server.parse_logout_request(parameters["SAMLRequest"], binding)
    entity_id = request.message.issuer.text
    require_signature(server, parameters, binding, request, entity_id)
    name = request.message.name_id.text
    for known in sessions.values():
        known[:] = [one for one in known if not (one[0] == entity_id and one[1].text == name)]
    answer = server.create_logout_response(request.message, [BINDING_HTTP_REDIRECT], sign=False)
    return redirect(server, "SAMLResponse", answer, slo_of(server, entity_id), parameters.get("RelayState"))


def log_out(login):
    server = open_server()
    known = sessions.get(login, [])
    if not known:
        return f"<!doctype html><p>{html.escape(login)} is signed out everywhere</p>"
    entity_id, name_id, index = known.pop()
    destination = slo_of(server, entity_id)
    _, request = server.create_logout_request(
        destination, entity_id, name_id=name_id, session_indexes=[index] if index else None, sign=False
    )
    return redirect(server, "SAMLRequest", request, destination, login)


def slo_of(server, entity_id):
    return server.metadata.single_logout_service(entity_id, BINDING_HTTP_REDIRECT, "spsso")[0]["location"]


def redirect(server, kind, message, destination, relay_state):
    sent = server.apply_binding(
        BINDING_HTTP_REDIRECT,
        str(message),
        destination,
        relay_state or "",
        response=kind == "SAMLResponse",
        sign=True,
        sigalg=SIG_RSA_SHA256,
    )
    return Redirect(dict(sent["headers"])["Location"])


class Redirect(str):
    pass


def form(action, name, message, relay_state):
    from base64 import b64encode

    fields = {name: b64encode(message.encode()).decode()}
    if relay_state is not None:
        fields["RelayState"] = relay_state
    inputs = "".join(f'<input type="hidden" name="{key}" value="{html.escape(value)}">' for key, value in fields.items())
    return f'<!doctype html><form method="post" action="{html.escape(action)}">{inputs}<button>Go on</button></form>'


class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        url = urlsplit(self.path)
        self.answer(url.path, parse_qs(url.query), BINDING_HTTP_REDIRECT)

    def do_POST(self):
        body = self.rfile.read(int(self.headers["content-length"])).decode()
        self.answer(urlsplit(self.path).path, parse_qs(body), BINDING_HTTP_POST)

    def answer(self, path, parameters, binding):
        try:
            page = self.page(path, {name: values[0] for name, values in parameters.items()}, binding)
            status = 200 if page is not None else 404
        except Exception as error:  # whatever it is, the test shows it
            status, page = 500, f"{type(error).__name__}: {error}"
        if isinstance(page, Redirect):
            self.send_response(303)
            self.send_header("location", page)
            self.send_header("content-length", "0")
            self.end_headers()
            return
        content = (page or "").encode()
        self.send_response(status)
        self.send_header("content-type", "text/html; charset=utf-8")
        self.send_header("content-length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def page(self, path, parameters, binding):
        if path == "/metadata":
            return str(entity_descriptor(open_server().config))
        if path == "/sso":
            return single_sign_on(parameters, binding)
        if path == "/unsolicited":
            return unsolicited(parameters)
        if path == "/slo":
            return single_logout(parameters, binding)
        if path == "/logout":
            return log_out(parameters["login"])
        return None

    def log_message(self, *_):
        pass


HTTPServer(("127.0.0.1", settings["port"]), Handler).serve_forever()
