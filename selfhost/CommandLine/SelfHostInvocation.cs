namespace KafkaFunctions.SelfHost.CommandLine;

/// <summary>What the command line asks for.</summary>
internal abstract record SelfHostInvocation;

/// <summary>Run the host with its functions.</summary>
internal sealed record RunHost(HostRunOptions Options) : SelfHostInvocation;

/// <summary>Run one command and end with the exit status that it returns. Services hold the <c>ITopicClient</c> and the
/// <c>IRecordPublisher</c> of the configured broker and the <see cref="Groups.IConsumerGroupCatalog"/> of the app, and what reads its state. Expected
/// failures are said and turned into the status; whatever is thrown is a bug.</summary>
internal sealed record RunCommand(Func<IServiceProvider, CancellationToken, Task<int>> Execute) : SelfHostInvocation;

/// <summary>Everything is said already (help, or wrong usage): end with this status.</summary>
internal sealed record EndNow(int ExitStatus) : SelfHostInvocation;
