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

    /// <exception cref="SelfHostException">Two functions are reached in the same way.</exception>
    public void Check()
    {
        foreach (var (first, second) in All.SelectMany((route, index) => All.Skip(index + 1).Select(other => (route, other))))
        {
            if (first.Path.Equals(second.Path, StringComparison.OrdinalIgnoreCase) && SharesMethod(first, second))
            {
                throw new SelfHostException(
                    $"Functions '{first.Function.Name}' and '{second.Function.Name}' have the same route '{first.Path}' and method. Change the Route of one.");
            }
        }
    }

    private static bool SharesMethod(HttpRoute first, HttpRoute second) =>
        first.Methods.Length == 0 || second.Methods.Length == 0 || first.Methods.Intersect(second.Methods).Any();
}
