using System.Globalization;
using KafkaFunctions.Bench.Runs;

namespace KafkaFunctions.Bench.Changes;

/// <summary>The programs of an installed PostgreSQL.</summary>
internal static class PostgresHome
{
    private const string Variable = "POSTGRES_HOME";
    private const string DebianFolder = "/usr/lib/postgresql";
    private const string Initialise = "initdb";

    /// <summary>Folder of its programs: that of <c>POSTGRES_HOME</c>, else of the PATH, else the newest that Debian has installed.</summary>
    /// <exception cref="RunFailedException">There is none.</exception>
    public static string FindPrograms()
    {
        var home = Environment.GetEnvironmentVariable(Variable);
        if (!string.IsNullOrEmpty(home))
        {
            var programs = Path.Combine(Path.GetFullPath(home), "bin");
            return HasPrograms(programs)
                ? programs
                : throw new RunFailedException($"{Variable} names {home}, which has no bin/{Initialise}. Set it to the folder of an installed PostgreSQL.");
        }

        return FromPath().Concat(FromDebian()).FirstOrDefault(HasPrograms)
            ?? throw new RunFailedException(
                $"PostgreSQL is not installed: {Initialise} is neither in the PATH nor under {DebianFolder}. Install it (Debian: apt-get install postgresql), or set {Variable} to its folder.");
    }

    private static string[] FromPath() =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);

    private static IEnumerable<string> FromDebian() => Directory.Exists(DebianFolder)
        ? Directory.GetDirectories(DebianFolder)
            .OrderByDescending(folder => int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var version) ? version : 0)
            .Select(folder => Path.Combine(folder, "bin"))
        : [];

    private static bool HasPrograms(string folder) => File.Exists(Path.Combine(folder, Initialise)) && File.Exists(Path.Combine(folder, "postgres"));
}
