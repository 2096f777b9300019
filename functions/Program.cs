// The entry point follows with the self-host.
return;
