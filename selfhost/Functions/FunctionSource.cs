using System.Reflection;
using Microsoft.Azure.Functions.Worker;

namespace KafkaFunctions.SelfHost.Functions;

/// <summary>Where functions are looked for.</summary>
internal sealed class FunctionSource(Func<IEnumerable<Type>> types)
{
    public FunctionSource(Assembly assembly)
        : this(assembly.GetTypes)
    {
    }

    /// <summary>Every method with <see cref="FunctionAttribute"/>, with its function's name.</summary>
    public IEnumerable<DeclaredFunction> Methods() =>
        from type in types()
        where type.IsClass && (!type.IsAbstract || type.IsSealed) && !type.ContainsGenericParameters
        from method in type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)
        let function = method.GetCustomAttribute<FunctionAttribute>()
        where function is not null
        orderby function.Name
        select new DeclaredFunction(function.Name, method);
}
