using KafkaFunctions.App;
using KafkaFunctions.App.Filtering;
using KafkaFunctions.Worker;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

namespace KafkaFunctions.Infrastructure.Tests.Generated;

/// <summary>The app as <c>Program.cs</c> composes it, not started.</summary>
internal static class AppCode
{
    /// <summary>The classes of its functions that are made for each invocation.</summary>
    public static IEnumerable<Type> FunctionTypes => typeof(FilterEvents).Assembly.GetTypes()
        .Where(type => !type.IsAbstract && Array.Exists(type.GetMethods(), method => method.IsDefined(typeof(FunctionAttribute), inherit: false)));

    /// <summary>Builds it.</summary>
    /// <param name="settings">Its settings; the others keep their defaults.</param>
    /// <param name="observer">Sees every setting that is asked for; null for nobody.</param>
    public static IHost Build(IReadOnlyDictionary<string, string?>? settings = null, IConfigurationSource? observer = null)
    {
        var builder = FunctionsApplication.CreateBuilder([]);
        builder.Configuration.Sources.Clear();
        builder.Configuration.AddInMemoryCollection((settings ?? new Dictionary<string, string?>()).Select(setting =>
            KeyValuePair.Create(NameOnLinux(setting.Key), setting.Value)));
        if (observer is not null)
        {
            ((IConfigurationBuilder)builder.Configuration).Add(observer);
        }

        builder.ConfigureFunctionsWebApplication();
        builder.AddKafkaFunctions(options => options.FunctionsAssembly = typeof(FilterEvents).Assembly);
        builder.Services.AddApp(builder.Configuration);
        return builder.Build();
    }

    /// <summary>App Service puts an underscore in place of each dot of an app setting's name where the app runs on Linux.</summary>
    private static string NameOnLinux(string setting) => setting.Replace('.', '_').Replace("__", ConfigurationPath.KeyDelimiter, StringComparison.Ordinal);
}
