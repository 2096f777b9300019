using System.CommandLine;
using KafkaFunctions.Bench.Brokers;
using KafkaFunctions.Bench.Chain;
using KafkaFunctions.Bench.Changes;
using KafkaFunctions.Bench.Cost;
using KafkaFunctions.Bench.Count;
using KafkaFunctions.Bench.Crash;
using KafkaFunctions.Bench.Latency;
using KafkaFunctions.Bench.Memory;
using KafkaFunctions.Bench.Rebalance;
using KafkaFunctions.Bench.Restore;
using KafkaFunctions.Bench.Runs;
using KafkaFunctions.Bench.Simulation;
using KafkaFunctions.Bench.Speed;
using KafkaFunctions.Bench.StateCrash;
using KafkaFunctions.Bench.StateRebalance;
using KafkaFunctions.Bench.Telemetry;
using KafkaFunctions.Bench.Throttle;
using KafkaFunctions.Bench.Wide;
using KafkaFunctions.Bench.Windows;

var common = new CommonOptions();
var root = new RootCommand("Long proofs and load runs of KafkaFunctions. Each is one command; bench/README.md says what it proves.")
{
    ChainCommand.Create(common),
    CrashCommand.Create(common),
    BrokersCommand.Create(common),
    RebalanceCommand.Create(common),
    SpeedCommand.Create(common),
    StateCrashCommand.Create(common),
    StateRebalanceCommand.Create(common),
    TelemetryCommand.Create(common),
    CountCommand.Create(common),
    WindowsCommand.Create(common),
    WideCommand.Create(common),
    CostCommand.Create(common),
    RestoreCommand.Create(common),
    LatencyCommand.Create(common),
    MemoryCommand.Create(common),
    ChangesCommand.Create(common),
    SimulateCommand.Create(common),
    ThrottleCommand.Create(common),
};
common.AddTo(root);

// A cancelled run stops its brokers and deletes their data: that takes longer than the two seconds given by default.
var configuration = new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromMinutes(1) };
return await root.Parse(args).InvokeAsync(configuration);
