using KafkaFunctions.SelfHost.Functions;
using KafkaFunctions.SelfHost.Settings;

namespace KafkaFunctions.SelfHost.Http;

/// <summary>How the app's HTTP functions are reached.</summary>
internal sealed class HttpRoutes(FunctionIndex index, HostJson host, SettingResolver settings)
{
    public IReadOnlyList<HttpRoute> All { get; } =
    [
        .. index.Functions
            .Where(function => function.Trigger.IsOfType(BindingTypes.HttpTrigger))
            .Select(function => HttpRoute.Of(function, host.RoutePrefix, settings)),
    ];

    public HttpRoute? Find(FunctionDescriptor function) => All.FirstOrDefault(route => route.Function == function);
}
