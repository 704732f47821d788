package dev.plumbline.webhooks;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signs as forges do, independently of the code that checks. */
final class Signatures {
    private Signatures() {}

    static String hex(String algorithm, byte[] key, byte[] body) throws Exception {
        return HexFormat.of().formatHex(mac(algorithm, key, body));
    }

    static String standard(byte[] key, String id, long timestamp, byte[] body) throws Exception {
        byte[] head = (id + "." + timestamp + ".").getBytes(StandardCharsets.UTF_8);
        byte[] signed = new byte[head.length + body.length];
        System.arraycopy(head, 0, signed, 0, head.length);
        System.arraycopy(body, 0, signed, head.length, body.length);
        return "v1," + Base64.getEncoder().encodeToString(mac("HmacSHA256", key, signed));
    }

    private static byte[] mac(String algorithm, byte[] key, byte[] bytes) throws Exception {
        Mac mac = Mac.getInstance(algorithm);
        mac.init(new SecretKeySpec(key, algorithm));
        return mac.doFinal(bytes);
    }
}
