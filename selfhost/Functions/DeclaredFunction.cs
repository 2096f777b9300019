using System.Reflection;

namespace KafkaFunctions.SelfHost.Functions;

/// <summary>A method with <see cref="Microsoft.Azure.Functions.Worker.FunctionAttribute"/>, and its function's name.</summary>
internal sealed record DeclaredFunction(string Name, MethodInfo Method);
