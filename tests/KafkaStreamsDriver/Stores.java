import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.kstream.Windowed;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.ValueAndTimestamp;

/** What an aggregation's store holds in the end. */
final class Stores {
    private final TopologyTestDriver driver;
    private final Specification specification;
    private final Set<String> keys;

    Stores(TopologyTestDriver driver, Specification specification, Set<String> keys) {
        this.driver = driver;
        this.specification = specification;
        this.keys = keys;
    }

    List<String> rows() {
        switch (specification.kind) {
            case "stream-aggregation":
            case "table-aggregation":
                return timestamped(driver.<String, Long>getTimestampedKeyValueStore(Topologies.STORE).all());
            case "time-windows":
            case "sliding-windows":
                return timestamped(driver.<String, Long>getTimestampedWindowStore(Topologies.STORE).all());
            case "session-windows":
                return sessions();
            default:
                return List.of();
        }
    }

    private static <K> List<String> timestamped(KeyValueIterator<K, ValueAndTimestamp<Long>> all) {
        List<String> rows = new ArrayList<>();
        try (all) {
            while (all.hasNext()) {
                KeyValue<K, ValueAndTimestamp<Long>> row = all.next();
                rows.add(Rows.of(row.key, row.value.value(), row.value.timestamp()));
            }
        }

        return rows;
    }

    private List<String> sessions() {
        List<String> rows = new ArrayList<>();
        for (String key : keys) {
            try (KeyValueIterator<Windowed<String>, Long> all = driver.<String, Long>getSessionStore(Topologies.STORE).fetch(key)) {
                while (all.hasNext()) {
                    KeyValue<Windowed<String>, Long> row = all.next();
                    rows.add(Rows.of(row.key, row.value, row.key.window().end()));
                }
            }
        }

        return rows;
    }
}
