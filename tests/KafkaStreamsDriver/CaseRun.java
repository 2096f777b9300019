import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.common.serialization.LongSerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TopologyConfig;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.processor.api.Record;

/** One case: its topology, its records one by one, and what came out of it. */
final class CaseRun implements AutoCloseable {
    static final String NULL = "~";

    private final Specification specification;
    private final TopologyTestDriver driver;
    private final TestInputTopic<String, Long> left;
    private final TestInputTopic<String, Long> right;
    private final Set<String> keys = new TreeSet<>();
    private final List<String> updates = new ArrayList<>();
    private int input;

    CaseRun(Specification specification, Path folder) {
        this.specification = specification;
        Properties settings = settings(folder);
        StreamsBuilder builder = new StreamsBuilder(new TopologyConfig(new StreamsConfig(settings)));
        boolean twoSides = new Topologies(builder, specification, this::capture).build();
        driver = new TopologyTestDriver(builder.build(), settings);
        left = driver.createInputTopic(Topologies.LEFT, new StringSerializer(), new LongSerializer());
        right = twoSides ? driver.createInputTopic(Topologies.RIGHT, new StringSerializer(), new LongSerializer()) : null;
    }

    void process(List<String[]> records) {
        for (String[] fields : records) {
            String key = fields[2].equals(NULL) ? null : fields[2];
            Long value = fields[3].equals(NULL) ? null : Long.valueOf(fields[3]);
            if (key != null) {
                keys.add(key);
            }

            (fields[1].equals("Left") ? left : right).pipeInput(key, value, Long.parseLong(fields[4]));
            input++;
        }
    }

    void answer(PrintStream answers) {
        updates.forEach(answers::println);
        new Stores(driver, specification, keys).rows().forEach(row -> answers.println("state\t" + row));
        answers.println("dropped\t" + dropped());
    }

    private long dropped() {
        return driver.metrics().entrySet().stream()
            .filter(metric -> metric.getKey().name().equals("dropped-records-total"))
            .mapToLong(metric -> ((Double) metric.getValue().metricValue()).longValue())
            .sum();
    }

    private void capture(Record<?, ?> record) {
        updates.add("update\t" + input + "\t" + Rows.of(record.key(), record.value(), record.timestamp()));
    }

    /** No caches, no throttling of final results: every update is seen, when it is due. */
    private static Properties settings(Path folder) {
        Properties settings = new Properties();
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, "differential");
        settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "none:1");
        settings.put(StreamsConfig.STATE_DIR_CONFIG, folder.toString());
        settings.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, 0L);
        settings.put(StreamsConfig.DEFAULT_DSL_STORE_CONFIG, "in_memory");
        settings.put(StreamsConfig.InternalConfig.EMIT_INTERVAL_MS_KSTREAMS_WINDOWED_AGGREGATION, 0L);
        settings.put(StreamsConfig.InternalConfig.EMIT_INTERVAL_MS_KSTREAMS_OUTER_JOIN_SPURIOUS_RESULTS_FIX, 0L);
        return settings;
    }

    @Override
    public void close() {
        driver.close();
    }
}
