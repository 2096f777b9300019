import java.util.function.Consumer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.JoinWindows;
import org.apache.kafka.streams.kstream.Joined;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.KTable;
import org.apache.kafka.streams.kstream.Materialized;
import org.apache.kafka.streams.kstream.StreamJoined;
import org.apache.kafka.streams.kstream.TableJoined;
import org.apache.kafka.streams.kstream.ValueJoiner;
import org.apache.kafka.streams.state.VersionedBytesStoreSupplier;

/** The topologies of the joins. A joined value is both values with a bar between. */
final class Joins {
    private static final ValueJoiner<Long, Long, String> JOINER =
        (left, right) -> (left == null ? "-" : left.toString()) + "|" + (right == null ? "-" : right.toString());

    private final StreamsBuilder builder;
    private final Specification specification;
    private final Consumer<KStream<String, String>> output;

    Joins(StreamsBuilder builder, Specification specification, Consumer<KStream<String, String>> output) {
        this.builder = builder;
        this.specification = specification;
        this.output = output;
    }

    void build() {
        output.accept(switch (specification.kind) {
            case "stream-join" -> streamStream();
            case "stream-table-join" -> streamTable();
            case "table-join" -> tableTable().toStream();
            case "foreign-key-join" -> foreignKey().toStream();
            default -> throw new IllegalArgumentException("There is no kind of case '" + specification.kind + "'.");
        });
    }

    private KStream<String, String> streamStream() {
        JoinWindows windows = JoinWindows
            .ofTimeDifferenceAndGrace(specification.duration("before"), specification.duration("grace"))
            .after(specification.duration("after"));
        StreamJoined<String, Long, Long> joined = StreamJoined.with(Serdes.String(), Serdes.Long(), Serdes.Long()).withLoggingDisabled();
        KStream<String, Long> left = stream(Topologies.LEFT);
        KStream<String, Long> right = stream(Topologies.RIGHT);
        return switch (specification.text("join")) {
            case "Inner" -> left.join(right, JOINER, windows, joined);
            case "Left" -> left.leftJoin(right, JOINER, windows, joined);
            default -> left.outerJoin(right, JOINER, windows, joined);
        };
    }

    private KStream<String, String> streamTable() {
        KTable<String, Long> right = specification.text("versioned").equals("True") ? versionedTable() : table(Topologies.RIGHT);
        Joined<String, Long, Long> joined = Joined.with(Serdes.String(), Serdes.Long(), Serdes.Long());
        return specification.text("join").equals("Inner")
            ? stream(Topologies.LEFT).join(right, JOINER, joined)
            : stream(Topologies.LEFT).leftJoin(right, JOINER, joined);
    }

    private KTable<String, String> tableTable() {
        KTable<String, Long> left = table(Topologies.LEFT);
        KTable<String, Long> right = table(Topologies.RIGHT);
        return switch (specification.text("join")) {
            case "Inner" -> left.join(right, JOINER);
            case "Left" -> left.leftJoin(right, JOINER);
            default -> left.outerJoin(right, JOINER);
        };
    }

    private KTable<String, String> foreignKey() {
        KTable<String, Long> left = table(Topologies.LEFT);
        KTable<String, Long> right = table(Topologies.RIGHT);
        return specification.text("join").equals("Inner")
            ? left.join(right, Joins::foreignKeyOf, JOINER, TableJoined.as("fk"), Materialized.with(Serdes.String(), Serdes.String()))
            : left.leftJoin(right, Joins::foreignKeyOf, JOINER, TableJoined.as("fk"), Materialized.with(Serdes.String(), Serdes.String()));
    }

    /** A left value names the right row a, b or c, or none. */
    private static String foreignKeyOf(Long value) {
        long which = value % 4;
        return which == 3 ? null : String.valueOf((char) ('a' + which));
    }

    private KStream<String, Long> stream(String topic) {
        return builder.stream(topic, Consumed.with(Serdes.String(), Serdes.Long()));
    }

    private KTable<String, Long> table(String topic) {
        return builder.table(topic, Consumed.with(Serdes.String(), Serdes.Long()));
    }

    private KTable<String, Long> versionedTable() {
        VersionedBytesStoreSupplier store =
            org.apache.kafka.streams.state.Stores.persistentVersionedKeyValueStore("versioned", specification.duration("history"));
        return builder.table(
            Topologies.RIGHT, Consumed.with(Serdes.String(), Serdes.Long()), Materialized.<String, Long>as(store).withLoggingDisabled());
    }
}
