using KafkaFunctions.Streams.Processing;
using KafkaFunctions.Streams.Windows.Results;

namespace KafkaFunctions.Streams.Windows;

/// <summary>What closing windows needs of their operator.</summary>
internal interface IWindowOperator
{
    WindowRules Rules { get; }

    /// <summary>Whether closed windows are to be published.</summary>
    bool HasFinals { get; }

    /// <summary>How long results are held; null for not at all.</summary>
    HoldRules? Hold { get; }

    /// <summary>Index of the output that takes late records; null for none.</summary>
    int? LateOutput { get; }

    /// <summary>Sends a window's final result, or one that was held, on.</summary>
    void Forward(FinalResult result, RunContext context);
}
