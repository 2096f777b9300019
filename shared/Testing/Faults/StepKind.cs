namespace KafkaFunctions.Testing.Faults;

/// <summary>Kinds of <see cref="Step"/>, in the order in which a batch takes them.</summary>
internal enum StepKind
{
    BeforeFunction,
    BeforeStateRead,
    AfterStateRead,
    BeforeStateWrite,
    AfterStateWrite,
    AfterFunction,
    BeforePublish,
    AfterPublishOf,
    AfterPublish,
    BeforeProgress,
    AfterProgress,
    BeforeCommit,
    AfterCommit,
}
