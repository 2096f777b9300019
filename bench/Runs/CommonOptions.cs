using System.CommandLine;
using KafkaFunctions.Streams;

namespace KafkaFunctions.Bench.Runs;

/// <summary>The options of every command, and what all of them do before and after the run itself.</summary>
internal sealed class CommonOptions
{
    private readonly Option<int> _seed = new("--seed") { Description = "Seed of everything random", DefaultValueFactory = _ => 1, Recursive = true };
    private readonly Option<bool> _slice = new("--slice") { Description = "Short form for CI: at most a minute", Recursive = true };
    private readonly Option<bool> _save = new("--save") { Description = "Append the report to bench/results", Recursive = true };
    private readonly Option<bool> _keep = new("--keep") { Description = "Keep data and logs of the run", Recursive = true };
    private readonly Option<string?> _app = new("--app")
    {
        Description = "The built app [default: functions/bin/CONFIGURATION/net10.0/KafkaFunctions.App.dll, or the command's own]",
        Recursive = true,
    };

    private readonly Option<string?> _workDirectory = new("--work-directory")
    {
        Description = "Folder for data and logs [default: the system's temporary folder]",
        Recursive = true,
    };

    /// <summary>The option of commands that compare with Kafka Streams.</summary>
    public static Option<bool> CreateAlone() => new("--alone") { Description = "The app alone, without Kafka Streams: to look at it, no proof" };

    public void AddTo(RootCommand root)
    {
        root.Options.Add(_seed);
        root.Options.Add(_slice);
        root.Options.Add(_save);
        root.Options.Add(_keep);
        root.Options.Add(_app);
        root.Options.Add(_workDirectory);
    }

    /// <summary>Makes a command of a run.</summary>
    public Command Command(
        string name,
        string description,
        IEnumerable<Option> options,
        Func<BenchRun, ParseResult, CancellationToken, Task<Report>> execute)
    {
        var command = new Command(name, description);
        foreach (var option in options)
        {
            command.Options.Add(option);
        }

        command.SetAction((arguments, cancellationToken) => RunAsync(name, arguments, execute, cancellationToken));
        return command;
    }

    private async Task<int> RunAsync(
        string name,
        ParseResult arguments,
        Func<BenchRun, ParseResult, CancellationToken, Task<Report>> execute,
        CancellationToken cancellationToken)
    {
        try
        {
            await using var run = CreateRun(name, arguments);
            run.Say($"seed {run.Seed}");
            var report = await execute(run, arguments, cancellationToken);
            Console.WriteLine();
            Console.Write(report.ToMarkdown());
            if (arguments.GetValue(_save))
            {
                var text = string.Join(' ', arguments.Tokens.Select(token => token.Value));
                Console.WriteLine($"saved: {ResultFile.Append(Repository.Root, name, text, run.Elapsed, report)}");
            }

            Console.WriteLine(report.Passed ? $"{name}: PASS" : $"{name}: FAIL");
            return report.Passed ? 0 : 1;
        }
        catch (Exception exception) when (exception is RunFailedException or KafkaFunctionsException)
        {
            Console.WriteLine($"{name}: FAIL: {exception.Message}");
            return 1;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            Console.WriteLine($"{name}: cancelled");
            return 1;
        }
    }

    private BenchRun CreateRun(string name, ParseResult arguments)
    {
        var app = Path.GetFullPath(arguments.GetValue(_app) ?? Repository.Program("functions", "KafkaFunctions.App"));
        if (!File.Exists(app))
        {
            throw new RunFailedException($"The app is not at {app}. Build it (dotnet build -c Release functions) or set --app.");
        }

        var parent = arguments.GetValue(_workDirectory) ?? Path.GetTempPath();
        var directory = Path.Combine(Path.GetFullPath(parent), $"kafkafunctions-bench-{name}-{Environment.ProcessId}");
        return new BenchRun(name, directory, app, arguments.GetValue(_app) is not null, arguments.GetValue(_seed), arguments.GetValue(_slice), arguments.GetValue(_keep));
    }
}
