using System.Globalization;

namespace KafkaFunctions.Reference.Specifications;

/// <summary>Reads the settings in a case's text.</summary>
internal static class SpecificationText
{
    public static Specification Parse(string kind, IEnumerable<string> settings)
    {
        var values = settings.Select(setting => setting.Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[^1], StringComparer.Ordinal);
        return kind switch
        {
            StreamAggregation.Name => new StreamAggregation(Choice<AggregateKind>("aggregate")),
            TableAggregation.Name => new TableAggregation(Choice<AggregateKind>("aggregate")),
            TimeWindowAggregation.Name => Held(new TimeWindowAggregation(
                Number("size"), Number("advance"), Number("grace"), Choice<AggregateKind>("aggregate"), Choice<ResultMode>("results"))),
            SlidingWindowAggregation.Name => Held(new SlidingWindowAggregation(
                Number("size"), Number("grace"), Choice<AggregateKind>("aggregate"), Choice<ResultMode>("results"))),
            SessionWindowAggregation.Name => Held(new SessionWindowAggregation(
                Number("gap"), Number("grace"), Choice<AggregateKind>("aggregate"), Choice<ResultMode>("results"))),
            StreamJoin.Name => new StreamJoin(Choice<JoinKind>("join"), Number("before"), Number("after"), Number("grace")),
            StreamTableJoin.Name => new StreamTableJoin(Choice<JoinKind>("join"), bool.Parse(Text("versioned")), Number("history")),
            TableJoin.Name => new TableJoin(Choice<JoinKind>("join")),
            ForeignKeyJoin.Name => new ForeignKeyJoin(Choice<JoinKind>("join")),
            _ => throw new FormatException($"There is no kind of case '{kind}'."),
        };

        string Text(string name) => values.TryGetValue(name, out var value) ? value : throw new FormatException($"A case '{kind}' has a setting {name}.");
        long Number(string name) => long.Parse(Text(name), CultureInfo.InvariantCulture);
        Specification Held(WindowAggregation windows) =>
            windows.Results == ResultMode.Limited ? windows with { Limit = Number("limit"), MaxRows = (int)Number("rows") } : windows;
        T Choice<T>(string name)
            where T : struct, Enum => Enum.Parse<T>(Text(name));
    }
}
