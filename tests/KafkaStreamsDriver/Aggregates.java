import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.kstream.KGroupedStream;
import org.apache.kafka.streams.kstream.KGroupedTable;
import org.apache.kafka.streams.kstream.KTable;
import org.apache.kafka.streams.kstream.Materialized;
import org.apache.kafka.streams.kstream.SessionWindowedKStream;
import org.apache.kafka.streams.kstream.TimeWindowedKStream;
import org.apache.kafka.streams.kstream.Windowed;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.SessionStore;
import org.apache.kafka.streams.state.WindowStore;
import java.time.Duration;

/** Count, Sum (a reduce) and Mix (an aggregate whose value tells the order of what went in). */
final class Aggregates {
    /** So long that the stores hide nothing that is within grace. */
    private static final Duration RETENTION = Duration.ofMillis(Long.MAX_VALUE / 2);
    private static final long MIX_START = 17;

    private final String aggregate;

    Aggregates(String aggregate) {
        this.aggregate = aggregate;
    }

    KTable<String, Long> of(KGroupedStream<String, Long> stream) {
        Materialized<String, Long, KeyValueStore<Bytes, byte[]>> store = store();
        return switch (aggregate) {
            case "Count" -> stream.count(store);
            case "Sum" -> stream.reduce(Long::sum, store);
            default -> stream.aggregate(() -> MIX_START, Aggregates::mix, store);
        };
    }

    KTable<Windowed<String>, Long> of(TimeWindowedKStream<String, Long> stream) {
        Materialized<String, Long, WindowStore<Bytes, byte[]>> store = Aggregates.<WindowStore<Bytes, byte[]>>store().withRetention(RETENTION);
        return switch (aggregate) {
            case "Count" -> stream.count(store);
            case "Sum" -> stream.reduce(Long::sum, store);
            default -> stream.aggregate(() -> MIX_START, Aggregates::mix, store);
        };
    }

    KTable<Windowed<String>, Long> of(SessionWindowedKStream<String, Long> stream) {
        Materialized<String, Long, SessionStore<Bytes, byte[]>> store = Aggregates.<SessionStore<Bytes, byte[]>>store().withRetention(RETENTION);
        return switch (aggregate) {
            case "Count" -> stream.count(store);
            case "Sum" -> stream.reduce(Long::sum, store);
            default -> stream.aggregate(() -> MIX_START, Aggregates::mix, (key, first, second) -> first * 1_000_003 + second, store);
        };
    }

    KTable<String, Long> of(KGroupedTable<String, Long> table) {
        Materialized<String, Long, KeyValueStore<Bytes, byte[]>> store = store();
        return switch (aggregate) {
            case "Count" -> table.count(store);
            case "Sum" -> table.reduce(Long::sum, (sum, value) -> sum - value, store);
            default -> table.aggregate(() -> MIX_START, Aggregates::mix, (key, value, sum) -> sum * 37 - value, store);
        };
    }

    private static long mix(String key, Long value, long before) {
        return before * 31 + (value == null ? 7 : value);
    }

    private static <S extends StateStore> Materialized<String, Long, S> store() {
        return Materialized.<String, Long, S>as(Topologies.STORE)
            .withKeySerde(Serdes.String())
            .withValueSerde(Serdes.Long())
            .withLoggingDisabled()
            .withCachingDisabled();
    }
}
