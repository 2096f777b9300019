namespace KafkaFunctions.SelfHost.CommandLine.Usage;

/// <summary>A command whose help says more than what its options are.</summary>
internal interface IHelpNotes
{
    /// <summary>What the help ends with; <c>{app}</c> stands for the app's name on the command line.</summary>
    string HelpNotes { get; }
}
