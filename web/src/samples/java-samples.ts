import type { JourneyStepName } from '../views/journey-view.js';
import type { Sample } from './sample-facts.js';

/** The journey as one class for Java 17, without a dependency; openssl makes the keys. A program of yours would read JSON with a library. */
export const javaSamples: Readonly<Record<JourneyStepName, Sample>> = {
  keys: () => `// Journey.java, for: java Journey.java
import java.io.*;
import java.net.*;
import java.net.http.*;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.*;
import java.security.*;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.*;
import java.time.format.DateTimeFormatter;
import java.util.*;
import java.util.regex.*;
import java.util.stream.*;
import javax.net.ssl.*;

public class Journey {
  static PrivateKey readKey(String file) throws Exception {
    var base64 = Files.readString(Path.of(file)).replaceAll("-----[A-Z ]+-----|\\\\s", "");
    return KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(base64)));
  }

  static HttpClient connect(PrivateKey key, Certificate[] path) throws Exception {
    var store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    if (key != null) store.setKeyEntry("qwac", key, new char[0], path);
    var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, new char[0]);
    var context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), null, null);
    return HttpClient.newBuilder().sslContext(context).build();
  }

  static String send(HttpClient client, HttpRequest.Builder request) throws Exception {
    var answer = client.send(request.build(), BodyHandlers.ofString());
    return answer.body().isEmpty() ? String.valueOf(answer.statusCode()) : answer.body();
  }

  static String find(String text, String pattern) {
    var found = Pattern.compile(pattern).matcher(text);
    if (!found.find()) throw new IllegalStateException(text);
    return found.group(1);
  }

  static String quote(String text) {
    return '"' + text.replace("\\n", "\\\\n") + '"';
  }

  public static void main(String[] arguments) throws Exception {
    for (var use : List.of("website", "seal")) {
      new ProcessBuilder("openssl", "req", "-new", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=journey",
          "-keyout", use + "-key.pem", "-out", use + ".csr").start().waitFor();
    }`,
  certificates: ({ issuer }) => `    var application = """
        {"organization_name": "My company", "contact": "dev@example.org", "roles": ["PSP_AI"],
         "website_csr": %s, "seal_csr": %s}""".formatted(
        quote(Files.readString(Path.of("website.csr"))), quote(Files.readString(Path.of("seal.csr"))));
    var answer = send(HttpClient.newHttpClient(), HttpRequest.newBuilder(URI.create("${issuer}/certificates"))
        .header("Content-Type", "application/json").POST(HttpRequest.BodyPublishers.ofString(application)));
    var paths = new HashMap<String, String>();
    for (var kind : List.of("qwac", "qsealc"))
      paths.put(kind, find(answer, "\\"kind\\":\\"" + kind + "\\".*?\\"path\\":\\"(.*?)\\"").replace("\\\\n", "\\n"));`,
  check: ({ issuer }) => `    var factory = CertificateFactory.getInstance("X.509");
    var qwac = factory.generateCertificates(new ByteArrayInputStream(paths.get("qwac").getBytes()))
        .toArray(new Certificate[0]);
    var client = connect(readKey("website-key.pem"), qwac);
    var check = send(client, HttpRequest.newBuilder(URI.create("${issuer}/certificate-check")));
    System.out.println(find(check, "\\"outcome\\":\\"(.*?)\\""));`,
  register: ({
    issuer,
    redirectUri,
  }) => `    var x5c = Pattern.compile("-----BEGIN CERTIFICATE-----(.*?)-----END", Pattern.DOTALL)
        .matcher(paths.get("qsealc")).results()
        .map(found -> quote(found.group(1).replaceAll("\\\\s", ""))).collect(Collectors.joining(", "));
    var metadata = """
        {"client_name": "My application", "redirect_uris": ["${redirectUri}"],
         "scope": "aisp", "jwks": {"keys": [{"x5c": [%s]}]}}""".formatted(x5c);
    var registered = send(client, HttpRequest.newBuilder(URI.create("${issuer}/oauth2/registrations"))
        .header("Content-Type", "application/json").POST(HttpRequest.BodyPublishers.ofString(metadata)));
    var clientId = find(registered, "\\"client_id\\":\\"(.*?)\\"");
    var kid = find(registered, "\\"kid\\":\\"(.*?)\\"");`,
  authorize: ({ authorization, redirectUri }) => `    var random = new SecureRandom().generateSeed(48);
    var base64url = Base64.getUrlEncoder().withoutPadding();
    var verifier = base64url.encodeToString(Arrays.copyOf(random, 32));
    var state = base64url.encodeToString(Arrays.copyOfRange(random, 32, 48));
    var challenge = base64url.encodeToString(MessageDigest.getInstance("SHA-256").digest(verifier.getBytes()));
    System.out.println("Open: ${authorization}?response_type=code&client_id=" + clientId
        + "&redirect_uri=" + URLEncoder.encode("${redirectUri}", "UTF-8")
        + "&scope=aisp&state=" + state + "&code_challenge=" + challenge + "&code_challenge_method=S256");
    System.out.println("The address that the browser was sent to:");
    var returned = new BufferedReader(new InputStreamReader(System.in)).readLine();
    if (!returned.contains("state=" + state)) throw new IllegalStateException("this is not the answer to our request");
    var code = find(returned, "[?&]code=([^&]*)");`,
  token: ({
    issuer,
    redirectUri,
  }) => `    var form = "grant_type=authorization_code&client_id=" + clientId + "&code=" + code
        + "&code_verifier=" + verifier + "&redirect_uri=" + URLEncoder.encode("${redirectUri}", "UTF-8");
    var token = send(client, HttpRequest.newBuilder(URI.create("${issuer}/oauth2/token"))
        .header("Content-Type", "application/x-www-form-urlencoded").POST(HttpRequest.BodyPublishers.ofString(form)));`,
  call: ({ api }) => `    var accounts = URI.create("${api}/accounts");
    var date = DateTimeFormatter.RFC_1123_DATE_TIME.format(ZonedDateTime.now(ZoneOffset.UTC)).replaceFirst("^(\\\\w+, )(\\\\d) ", "$10$2 ");
    var id = UUID.randomUUID().toString();
    var signer = Signature.getInstance("SHA256withRSA");
    signer.initSign(readKey("seal-key.pem"));
    signer.update(("(request-target): get " + accounts.getPath() + "\\nhost: " + accounts.getAuthority()
        + "\\ndate: " + date + "\\nx-request-id: " + id).getBytes());
    var signature = Base64.getEncoder().encodeToString(signer.sign());
    var signed = HttpRequest.newBuilder(accounts)
        .header("Authorization", "Bearer " + find(token, "\\"access_token\\":\\"(.*?)\\""))
        .header("Accept", "application/json").header("User-Agent", "my-application").header("Date", date)
        .header("Signature", "keyId=\\"" + kid + "\\",algorithm=\\"rsa-sha256\\","
            + "headers=\\"(request-target) host date x-request-id\\",signature=\\"" + signature + "\\"");
    System.out.println(send(client, signed.copy().header("X-Request-Id", id)));`,
  altered: () => `    var altered = send(client, signed.copy().header("X-Request-Id", UUID.randomUUID().toString()));
    System.out.println(find(altered, "\\"error_code\\":\\"(.*?)\\""));`,
  anonymous: () => `    var anonymous = send(connect(null, null), signed.copy().header("X-Request-Id", id));
    System.out.println(find(anonymous, "\\"error_code\\":\\"(.*?)\\""));`,
  end: ({ issuer }) => `    System.out.println(send(client,
        HttpRequest.newBuilder(URI.create("${issuer}/oauth2/registrations/" + clientId)).DELETE()));
  }
}`,
};
