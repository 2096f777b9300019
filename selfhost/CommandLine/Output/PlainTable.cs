using Spectre.Console;

namespace KafkaFunctions.SelfHost.CommandLine.Output;

/// <summary>A table of text in columns, the same on a terminal and in a pipe: no frame, no colour, one line a row.</summary>
internal static class PlainTable
{
    /// <summary>Wider than any row: what reads the lines must not find a name broken in two.</summary>
    private const int Unbroken = 10_000;

    public static void Write(TextWriter output, IReadOnlyList<TableColumn> columns, IEnumerable<string[]> rows)
    {
        var table = new Table { Border = TableBorder.None };
        foreach (var column in columns)
        {
            table.AddColumn(new Spectre.Console.TableColumn(new Text(column.Title))
            {
                Alignment = column.IsNumber ? Justify.Right : Justify.Left,
                NoWrap = true,
                Padding = new Padding(0, 0, 2, 0),
            });
        }

        foreach (var row in rows)
        {
            table.AddRow(row.Select(cell => new Text(cell)));
        }

        using var text = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.No,
            ColorSystem = ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(text),
        });
        console.Profile.Width = Unbroken;
        console.Write(table);
        foreach (var line in text.ToString().ReplaceLineEndings("\n").TrimEnd('\n').Split('\n'))
        {
            output.Write(line.AsSpan().TrimEnd());
            output.Write('\n');
        }
    }
}
