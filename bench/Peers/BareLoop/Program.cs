// What an engineer writes on Confluent.Kafka without this project: consume, filter, produce, at least once, in one process.
// Arguments: bootstrap servers, input topic, output topic, consumer group, condition.
using System.Runtime.InteropServices;
using System.Text;
using KafkaFunctions.Bench.BareLoop;

using var stop = new CancellationTokenSource();
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context =>
{
    context.Cancel = true;
    stop.Cancel();
});

using (var loop = new FilterLoop(args[0], args[1], args[2], args[3], Encoding.UTF8.GetBytes(args[4])))
{
    loop.Run(stop.Token);
}

Console.WriteLine($"allocated={GC.GetTotalAllocatedBytes()}");
