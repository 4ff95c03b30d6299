"""Events received as they happen: judged and answered here, decoded when the inbox is drained."""
