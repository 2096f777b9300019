using System.Globalization;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace KafkaFunctions.SelfHost.Demo;

/// <summary>The functions' flow as a table, with the last messages below.</summary>
internal static class FlowTable
{
    private const string Hint = "Ctrl-C ends. In another terminal, 'tail TOPIC' shows a topic's records, 'groups' the lag by partition.";

    private static readonly Style Trouble = new(Color.Yellow);
    private static readonly Style Dim = new(decoration: Decoration.Dim);

    public static IRenderable Of(IReadOnlyList<FunctionFlow> flows, IReadOnlyList<string> messages)
    {
        var table = new Table { Border = TableBorder.Rounded };
        table.AddColumn("Function");
        foreach (var title in (string[])["In", "In/s", "Out", "Out/s", "Dropped", "Dead letters", "Retries", "Lag"])
        {
            table.AddColumn(new TableColumn(title) { Alignment = Justify.Right, NoWrap = true });
        }

        foreach (var flow in flows)
        {
            table.AddRow(
                new Text(flow.Function),
                Number(flow.In),
                Number(flow.InPerSecond),
                Number(flow.Out),
                Number(flow.OutPerSecond),
                Number(flow.Dropped),
                Number(flow.DeadLettered, Trouble),
                Number(flow.Retries, Trouble),
                flow.Lag is { } lag ? Number(lag) : new Text("?", Trouble));
        }

        return new Rows([table, .. messages.Select(message => new Text(message, Trouble) { Overflow = Overflow.Ellipsis }), new Text(Hint, Dim)]);
    }

    private static Text Number(double number, Style? unlessZero = null) =>
        new(number.ToString("N0", CultureInfo.InvariantCulture), number == 0 ? null : unlessZero);
}
