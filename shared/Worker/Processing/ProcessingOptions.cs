using System.ComponentModel.DataAnnotations;

namespace KafkaFunctions.Worker.Processing;

/// <summary>How records are processed. Section <c>Processing</c> of the settings.</summary>
public sealed class ProcessingOptions
{
    /// <summary>Name of the section.</summary>
    public const string SectionName = "Processing";

    /// <summary>How often a record is tried before an error of the function's own code makes it a dead letter. Default 3, at
    /// least 1. Setting <c>Processing__MaxAttempts</c>.</summary>
    [Range(1, 1000, ErrorMessage = "Processing__MaxAttempts must be between {1} and {2}.")]
    public int MaxAttempts { get; set; } = 3;

    /// <summary>Whether a batch is folded in memory first, to one update per key. Off: every update is published. Default true.
    /// Setting <c>Processing__FoldBatch</c>.</summary>
    public bool FoldBatch { get; set; } = true;
}
