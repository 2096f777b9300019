import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.kstream.SessionWindowedDeserializer;
import org.apache.kafka.streams.kstream.SessionWindowedSerializer;
import org.apache.kafka.streams.kstream.TimeWindowedDeserializer;
import org.apache.kafka.streams.kstream.TimeWindowedSerializer;
import org.apache.kafka.streams.kstream.Windowed;

/**
 * Reads windowed keys with Kafka's own deserializers, and writes them again with its serializers. A line "time SIZE BYTES" or
 * "session 0 BYTES" is answered by "KEY START END BYTES"; keys and bytes in base64, fields separated by tabs.
 */
public final class WindowedKeys {
    public static void main(String[] args) throws IOException {
        BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        PrintStream answers = new PrintStream(System.out, false, StandardCharsets.UTF_8);
        answers.println("ready");
        answers.flush();
        for (String line = input.readLine(); line != null; line = input.readLine()) {
            String[] fields = line.split("\t", -1);
            answers.println(answer(fields[0].equals("session"), Long.parseLong(fields[1]), Base64.getDecoder().decode(fields[2])));
            answers.flush();
        }
    }

    private static String answer(boolean isSession, long size, byte[] bytes) {
        try (Deserializer<Windowed<String>> deserializer = isSession
                ? new SessionWindowedDeserializer<>(new StringDeserializer())
                : new TimeWindowedDeserializer<>(new StringDeserializer(), size);
             Serializer<Windowed<String>> serializer = isSession
                ? new SessionWindowedSerializer<>(new StringSerializer())
                : new TimeWindowedSerializer<>(new StringSerializer())) {
            Windowed<String> key = deserializer.deserialize("topic", bytes);
            return String.join("\t",
                Base64.getEncoder().encodeToString(key.key().getBytes(StandardCharsets.UTF_8)),
                Long.toString(key.window().start()),
                Long.toString(key.window().end()),
                Base64.getEncoder().encodeToString(serializer.serialize("topic", key)));
        }
    }
}
