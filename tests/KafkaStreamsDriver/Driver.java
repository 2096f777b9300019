import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs cases on Kafka Streams' TopologyTestDriver. Reads cases from standard input and answers each on standard output, line by line,
 * fields separated by tabs, a null as ~:
 *
 *   case    KIND    name=value ...          answers:   update  INPUT  KEY  START  END  VALUE  TIMESTAMP
 *   record  SIDE    KEY  VALUE  TIMESTAMP              state   KEY  START  END  VALUE  TIMESTAMP
 *   end                                                dropped NUMBER
 *                                                      done, or error TEXT
 */
public final class Driver {
    public static void main(String[] args) throws IOException {
        PrintStream answers = new PrintStream(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8);
        System.setOut(System.err);
        Path folder = Files.createTempDirectory("streams-driver");
        BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        answers.println("ready");
        answers.flush();
        for (String line = input.readLine(); line != null; line = input.readLine()) {
            Specification specification = Specification.parse(line);
            List<String[]> records = readRecords(input);
            try (CaseRun run = new CaseRun(specification, folder)) {
                run.process(records);
                run.answer(answers);
                answers.println("done");
            } catch (RuntimeException failure) {
                answers.println("error\t" + String.valueOf(failure).replaceAll("\\s+", " ") + causeOf(failure));
            }

            answers.flush();
        }
    }

    private static List<String[]> readRecords(BufferedReader input) throws IOException {
        List<String[]> records = new ArrayList<>();
        for (String line = input.readLine(); line != null && !line.equals("end"); line = input.readLine()) {
            records.add(line.split("\t", -1));
        }

        return records;
    }

    private static String causeOf(Throwable failure) {
        return failure.getCause() == null ? "" : ", caused by " + String.valueOf(failure.getCause()).replaceAll("\\s+", " ");
    }
}
