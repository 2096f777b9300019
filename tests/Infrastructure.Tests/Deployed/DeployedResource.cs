using System.Text.Json;

namespace KafkaFunctions.Infrastructure.Tests.Deployed;

/// <summary>A resource of a deployment.</summary>
/// <param name="Type">Its type.</param>
/// <param name="Name">Its name, with those of its parents.</param>
/// <param name="Properties">Its properties.</param>
internal sealed record DeployedResource(string Type, string Name, JsonElement Properties);
