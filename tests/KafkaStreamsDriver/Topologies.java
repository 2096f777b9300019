import java.util.function.Consumer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.EmitStrategy;
import org.apache.kafka.streams.kstream.Grouped;
import org.apache.kafka.streams.kstream.KGroupedStream;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.KTable;
import org.apache.kafka.streams.kstream.SessionWindows;
import org.apache.kafka.streams.kstream.SlidingWindows;
import org.apache.kafka.streams.kstream.Suppressed;
import org.apache.kafka.streams.kstream.Suppressed.BufferConfig;
import org.apache.kafka.streams.kstream.TimeWindows;
import org.apache.kafka.streams.kstream.TimeWindowedKStream;
import org.apache.kafka.streams.kstream.Windowed;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.Record;

/** The topology of a case. What comes out is handed over as it is, without serialization. */
final class Topologies {
    static final String LEFT = "left";
    static final String RIGHT = "right";
    static final String STORE = "store";

    private final StreamsBuilder builder;
    private final Specification specification;
    private final Consumer<Record<?, ?>> capture;

    Topologies(StreamsBuilder builder, Specification specification, Consumer<Record<?, ?>> capture) {
        this.builder = builder;
        this.specification = specification;
        this.capture = capture;
    }

    /** Builds it and says whether it has a right side. */
    boolean build() {
        switch (specification.kind) {
            case "stream-aggregation" -> capture(aggregates().of(grouped()).toStream());
            case "time-windows" -> windows(grouped().windowedBy(TimeWindows
                .ofSizeAndGrace(specification.duration("size"), specification.duration("grace"))
                .advanceBy(specification.duration("advance"))));
            case "sliding-windows" -> windows(grouped().windowedBy(
                SlidingWindows.ofTimeDifferenceAndGrace(specification.duration("size"), specification.duration("grace"))));
            case "session-windows" -> sessions();
            case "table-aggregation" -> tableAggregation();
            default -> {
                new Joins(builder, specification, this::capture).build();
                return true;
            }
        }

        return false;
    }

    private void windows(TimeWindowedKStream<String, Long> windowed) {
        capture(results(aggregates().of(isFinal() ? windowed.emitStrategy(EmitStrategy.onWindowClose()) : windowed)).toStream());
    }

    private void sessions() {
        var windowed = grouped().windowedBy(
            SessionWindows.ofInactivityGapAndGrace(specification.duration("gap"), specification.duration("grace")));
        capture(results(aggregates().of(isFinal() ? windowed.emitStrategy(EmitStrategy.onWindowClose()) : windowed)).toStream());
    }

    private void tableAggregation() {
        var table = builder.table(LEFT, Consumed.with(Serdes.String(), Serdes.Long()))
            .groupBy((key, value) -> KeyValue.pair("g" + value % 3, value), Grouped.with(Serdes.String(), Serdes.Long()));
        capture(aggregates().of(table).toStream());
    }

    private KGroupedStream<String, Long> grouped() {
        return builder.stream(LEFT, Consumed.with(Serdes.String(), Serdes.Long())).groupByKey(Grouped.with(Serdes.String(), Serdes.Long()));
    }

    private KTable<Windowed<String>, Long> results(KTable<Windowed<String>, Long> table) {
        return switch (specification.text("results")) {
            case "Suppressed" -> table.suppress(Suppressed.untilWindowCloses(BufferConfig.unbounded().withLoggingDisabled()));
            case "Limited" -> table.suppress(Suppressed.untilTimeLimit(
                specification.duration("limit"),
                BufferConfig.maxRecords(Long.parseLong(specification.text("rows"))).emitEarlyWhenFull().withLoggingDisabled()));
            default -> table;
        };
    }

    private boolean isFinal() {
        return specification.text("results").equals("Final");
    }

    private Aggregates aggregates() {
        return new Aggregates(specification.text("aggregate"));
    }

    private <K, V> void capture(KStream<K, V> stream) {
        Consumer<Record<?, ?>> consumer = capture;
        stream.process(() -> (Processor<K, V, Void, Void>) consumer::accept);
    }
}
